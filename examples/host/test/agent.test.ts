import { describe, expect, it } from 'vitest';
import { runAgent } from './agent.js';
import { freePort } from './started-server.js';

const place = (port: number) => `http://127.0.0.1:${port}/ai-cockpit-one/v1`;
const key = `aip_${'A'.repeat(48)}`;

describe('the example agent says in one line which setting cannot be used', () => {
  it.each([
    ['in double quotes', (url: string) => `"${url}"`],
    ['in single quotes', (url: string) => `'${url}'`],
    ['in curly quotes', (url: string) => `\u201c${url}\u201d`],
    ['in angle brackets', (url: string) => `<${url}>`],
    ['with one quotation mark', (url: string) => `${url}"`],
    ['without a scheme', (url: string) => url.replace('http://', '')],
    ['without a scheme and port', () => 'cockpit.canary.example/v1'],
    ['as a path', () => '/ai-cockpit-one/canary/v1'],
    ['with another scheme', (url: string) => url.replace('http', 'ftp')],
    ['with its name before it', (url: string) => `AI_COCKPIT_URL=${url}`],
    ['with a port that is none', () => 'http://127.0.0.1:canary/v1'],
    ['with a space inside', () => 'http://127.0.0 .1/v1'],
    ['with a password', () => 'http://ana:canary@127.0.0.1/v1'],
    ['with a query', (url: string) => `${url}?x=canary`],
    ['with a fragment', (url: string) => `${url}#canary`],
  ])('AI_COCKPIT_URL %s', async (_, form) => {
    const { said, status } = await runAgent(form(place(4400)), key);
    expect(status).toBe(1);
    expect(said).toMatch(/^AI_COCKPIT_URL [^\n]+ Example: AI_COCKPIT_URL=http:[^\n]+\n$/);
    expect(said).not.toContain('canary');
  });

  it.each([
    ['in quotation marks', `"${key}"`, 'The API key has quotation marks or brackets around it'],
    ['with a scheme', `Bearer ${key}`, 'The API key has an authentication scheme before it'],
    ['with its name before it', `AI_COCKPIT_API_KEY=${key}`, 'The API key has the name of a header or variable'],
    ['cut', key.slice(0, 20), 'The API key is not of a known form'],
    ['of white space', '  ', 'The API key is missing'],
  ])('AI_COCKPIT_API_KEY %s', async (_, value, cause) => {
    const { said, status } = await runAgent(place(4400), value);
    expect(status).toBe(1);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).toContain(cause);
    expect(said).not.toContain(key.slice(4, 20));
  });

  it('an address with white space and invisible characters around it: accepted', async () => {
    const url = place(await freePort());
    const { said, status } = await runAgent(`\ufeff ${url}/\r\n`, 'nb_0123456789abcdef');
    expect(status).toBe(1);
    expect(said).not.toContain('AI_COCKPIT_URL ');
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
