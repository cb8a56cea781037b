import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedFrom, run } from './app.js';

const source = `
import { createCockpit, NetworkError, type Profile } from '@ai-cockpit/sdk';
import { operations } from '@ai-cockpit/sdk/contract';
import { ApiKeyCreatedEvent } from '@ai-cockpit/elements';
export const read = (): Promise<Profile> => createCockpit({ baseUrl: '/v1' }).profile.get();
export const isKnown = (value: unknown): boolean =>
  value instanceof NetworkError || (value instanceof ApiKeyCreatedEvent && operations.createApiKey !== undefined);
`;

describe('the packages in TypeScript', () => {
  const folder = mkdtempSync(`${tmpdir()}/ai-cockpit-requirements-`);

  beforeAll(async () => {
    const packages = ['@ai-cockpit/elements', '@ai-cockpit/sdk'].map(
      (name) => [name, installedFrom('', name)] as const,
    );
    const dependencies: Record<string, string> = {
      ...Object.fromEntries(packages),
      'typescript-5.4': 'npm:typescript@5.4.5',
      'typescript-5.8': 'npm:typescript@5.8.3',
    };
    writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, dependencies }));
    writeFileSync(`${folder}/module.mts`, source);
    writeFileSync(`${folder}/common.cts`, source);
    writeFileSync(
      `${folder}/dynamic.cts`,
      "export const load = async () => (await import('@ai-cockpit/sdk')).createCockpit;",
    );
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    await run('npm', ['install', ...options], folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['5.4', 'module.mts', 'node16', 'node16'],
    ['5.4', 'module.mts', 'nodenext', 'nodenext'],
    ['5.4', 'module.mts', 'esnext', 'bundler'],
    ['5.4', 'dynamic.cts', 'node16', 'node16'],
    ['5.8', 'common.cts', 'nodenext', 'nodenext'],
  ])('%s checks %s with module %s and moduleResolution %s', async (version, file, module, moduleResolution) => {
    const lib = ['es2022', 'dom', 'dom.iterable'];
    const compilerOptions = { strict: true, noEmit: true, target: 'es2022', lib, types: [], module, moduleResolution };
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: [file] }));
    const tsc = `node_modules/typescript-${version}/bin/tsc`;
    expect(await run(process.execPath, [tsc, '-p', '.'], folder)).toBe('');
  });
});
