import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { configurationFault } from './configuration-fault.js';

const key = `one:${'A'.repeat(43)}=`;
const pepper = 'canary'.repeat(6);
const demo = { DEMO: '1', ENCRYPTION_KEYS: key };

describe('a setting from a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cockpit-files-'));
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'latin'), Buffer.from(`${pepper}\xe9`, 'latin1'));
    writeFileSync(join(folder, 'bytes'), Buffer.from(Array.from({ length: 64 }, (_, at) => 128 + at)));
    writeFileSync(join(folder, 'utf-16'), `\ufeff${pepper}`, 'utf16le');
    writeFileSync(join(folder, 'large'), 'a'.repeat(2 ** 20 + 1));
    spawnSync('mkfifo', [join(folder, 'pipe')]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['', '\n', '\r\n'])('with a text that ends with %j → read without it', (end) => {
    writeFileSync(join(folder, 'good'), pepper + end);
    const { peppers } = readConfig({ ...demo, API_KEY_PEPPER_FILE: join(folder, 'good') });
    expect(peppers).toEqual([{ id: null, text: pepper }]);
  });

  it.each([
    ['latin', 'there is text that is not UTF-8 in'],
    ['bytes', 'there is text that is not UTF-8 in'],
    ['utf-16', 'there is text that is not UTF-8 in'],
    ['large', 'there is a file of more than 1 MB at'],
    ['pipe', 'there is a pipe or device, not a file, at'],
    ['folder', 'there is a folder, not a file, at'],
  ])(
    'with an invalid text, such as %s → an error that names the file and holds nothing of its text',
    (name, reason) => {
      const path = join(folder, name);
      expect(configurationFault({ ...demo, API_KEY_PEPPER_FILE: path })).toBe(
        `API_KEY_PEPPER_FILE: ${reason} "${path}"`,
      );
    },
  );

  it.each(['/dev/zero', '/dev/tty'])('%s → refused, and not read', (path) => {
    expect(configurationFault({ ...demo, SMTP_URL_FILE: path })).toMatch(/^SMTP_URL_FILE: /);
  });

  it.each(['POLICY', 'PROVIDERS'])('%s as a pipe → refused, and not waited for', (name) => {
    const path = join(folder, `${name.toLowerCase()}.json`);
    spawnSync('mkfifo', [path]);
    expect(configurationFault({ ...demo, [name]: path })).toContain(
      `${name}: there is a pipe or device, not a file, at`,
    );
  });

  it.each(['', ' ', '\t', '\n'])('with the path %j → counts as not set', (path) => {
    expect(readConfig({ ...demo, ENCRYPTION_KEYS_FILE: path }).encryptionKeys).toHaveLength(1);
    expect(configurationFault({ DEMO: '1', ENCRYPTION_KEYS_FILE: path })).toContain('ENCRYPTION_KEYS: must be set');
  });

  it('of a setting that is not a secret → a warning that it has no effect', () => {
    expect(readConfig({ ...demo, PORT_FILE: '/run/port', JWKS_URL_FILE: '/run/jwks' }).warnings).toEqual([
      'PORT_FILE is not a setting: PORT is no secret, and is set itself.',
      'JWKS_URL_FILE is not a setting: JWKS_URL is no secret, and is set itself.',
    ]);
  });
});
