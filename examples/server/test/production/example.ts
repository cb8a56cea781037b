import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../production/', import.meta.url);

/** The text of a file of the production example. */
export const fileOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
export const policyPath = fileURLToPath(new URL('policy.json', folder));

/** The statements of the README's blocks of SQL, in order. */
export const sqlBlocks = (): string[] =>
  [...fileOf('README.md').matchAll(/```sql\n(.*?)```/gs)].map(([, block = '']) => block);

/** As systemd reads an environment file of this kind: nothing is quoted, and a comment has a line of its own. */
export const environment = (): Record<string, string> =>
  Object.fromEntries(
    fileOf('cockpit.env')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

/** The command that the comment above a setting gives for its placeholder. */
export const commandOf = (name: string): string | undefined =>
  new RegExp(`^# To make [^:\n]+: (.+)\n${name}=`, 'm').exec(fileOf('cockpit.env'))?.[1];

export const runCommand = (command: string, env: Record<string, string> = {}): string =>
  execFileSync('sh', ['-c', command], {
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...env },
    encoding: 'utf8',
  }).trim();
