import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import type { Problem } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { mint, minted, request } from './request.js';
import { serviceTokens } from './notifications.js';

interface RawAnswer {
  status: number;
  /** All that was answered. */
  text: string;
  problem: Partial<Problem>;
}

/** Bytes as a program may send them that checks nothing. */
const sendRaw = async (server: TestServer, path: string, header: Buffer, method = 'GET'): Promise<RawAnswer> => {
  const { hostname, port } = new URL(server.baseUrl);
  const socket = connect(Number(port), hostname);
  const head = `${method} ${new URL(server.baseUrl + path).pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), header, Buffer.from('\r\nConnection: close\r\n\r\n')]));
  const answer = await text(socket);
  const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  const json = /\{.*\}/s.exec(body)?.[0];
  return {
    status: Number(answer.split(' ')[1]),
    text: answer,
    problem: json ? (JSON.parse(json) as Partial<Problem>) : {},
  };
};

const latin1 = (value: string) => Buffer.from(value, 'latin1');
const utf8 = (value: string) => Buffer.from(value, 'utf8');

describe.each(databases)('a credential in a header, as bytes, on %s', (database) => {
  let server: TestServer;
  let key: string;
  let session: string;
  beforeAll(async () => {
    server = await startServer({ database, env: { SERVICE_TOKENS: serviceTokens } });
    session = await server.session('ana');
    key = (await minted(await mint(server, '/organizations/acme/api-keys', { description: 'Key' }, 'ana'))).secret;
  });
  afterAll(() => server.close());

  type Form = (credential: string) => string;
  const around: [name: string, form: Form][] = [
    ['nothing', (credential) => credential],
    ['spaces', (credential) => `   ${credential}  `],
    ['tabs', (credential) => `\t${credential}\t\t`],
    ['spaces and tabs', (credential) => ` \t ${credential} \t `],
  ];
  const beyondAscii: [name: string, form: Form][] = [
    ['a no-break space', (credential) => `\u00a0${credential}\u00a0`],
    ['a soft hyphen', (credential) => `${credential}\u00ad`],
  ];
  const onlyUtf8: [name: string, form: Form][] = [
    ['a byte order mark', (credential) => `\ufeff${credential}`],
    ['a byte order mark behind it', (credential) => `${credential}\ufeff`],
    ['a zero-width space', (credential) => `${credential}\u200b`],
    ['an ideographic space', (credential) => `\u3000${credential}\u3000`],
  ];
  const accepted: [name: string, form: Form, bytes: (value: string) => Buffer][] = [
    ...around.map(([name, form]) => [name, form, latin1] as const),
    ...beyondAscii.map(([name, form]) => [`${name} in Latin-1`, form, latin1] as const),
    ...[...beyondAscii, ...onlyUtf8].map(([name, form]) => [`${name} in UTF-8`, form, utf8] as const),
  ].map(([...entry]) => entry);

  it.each(accepted)('with %s around it: accepted, a key in either header as a session', async (_, form, bytes) => {
    const whoAmI = (header: string) => sendRaw(server, '/integration/whoami', bytes(header));
    expect((await whoAmI(`X-API-Key:${form(key)}`)).status).toBe(200);
    expect((await whoAmI(`x-api-key: ${form(key)}`)).status).toBe(200);
    expect((await whoAmI(`Authorization: Bearer ${form(key)}`)).status).toBe(200);
    expect((await whoAmI(`authorization:\tbEARER   ${form(key)}`)).status).toBe(200);
    expect((await sendRaw(server, '/profile', bytes(`Authorization: bearer ${form(session)}`))).status).toBe(200);
    const both = `X-API-Key: ${form(key)}\r\nAuthorization: Bearer ${key}`;
    expect((await whoAmI(both)).status).toBe(200);
  });

  const refused: [name: string, form: Form, cause: string][] = [
    ['the scheme once more', (credential) => `Bearer ${credential}`, 'authentication scheme'],
    ['another scheme', (credential) => `token ${credential}`, 'authentication scheme'],
    ['double quotes', (credential) => `"${credential}"`, 'quotation marks'],
    ['single quotes', (credential) => `'${credential}'`, 'quotation marks'],
    ['curly quotes', (credential) => `\u201c${credential}\u201d`, 'quotation marks'],
    ['angle brackets', (credential) => `<${credential}>`, 'quotation marks or brackets'],
    ['a header’s name', (credential) => `X-API-Key: ${credential}`, 'name of a header or variable'],
    ['a variable’s name', (credential) => `API_KEY=${credential}`, 'name of a header or variable'],
    ['a mask', (credential) => `${credential.slice(0, 9)}••••`, 'masked or shortened'],
    ['a space inside', (credential) => `${credential.slice(0, 9)} ${credential.slice(9)}`, 'white space inside'],
    ['a no-break space inside', (credential) => `${credential.slice(0, 9)}\u00a0${credential.slice(9)}`, 'white space'],
    ['a byte order mark inside', (credential) => `${credential.slice(0, 9)}\ufeff${credential.slice(9)}`, 'invisible'],
    ['a zero-width space inside', (credential) => `${credential.slice(0, 9)}\u200b${credential.slice(9)}`, 'invisible'],
    ['a Cyrillic letter', (credential) => credential.replace(/^./, '\u0430'), 'not ASCII'],
    ['another value behind a comma', (credential) => `${credential}, ${credential}`, 'white space inside'],
  ];
  it.each(refused)(
    'with %s: 401 that names the header and the cause, and holds nothing of the value',
    async (...of) => {
      const [, form, cause] = of;
      for (const [header, path, credential] of [
        ['X-API-KEY: ', '/integration/whoami', key],
        ['Authorization: Bearer ', '/integration/whoami', key],
        ['Authorization: Bearer ', '/profile', session],
        ['Authorization: Bearer ', '/integration/events', 'a-service-token-of-the-host'],
      ] as const) {
        const method = path === '/integration/events' ? 'POST' : 'GET';
        const answer = await sendRaw(server, path, utf8(header + form(credential)), method);
        expect(answer.status, header).toBe(401);
        expect(answer.problem.code).toBe('unauthenticated');
        expect(answer.problem.detail).toContain(cause);
        expect(answer.problem.detail).toContain(header.split(':')[0]);
        for (const part of [credential.slice(0, 9), credential.slice(9, 20), credential.slice(-9)])
          expect(answer.text).not.toContain(part);
      }
      await server.settled();
      expect(server.logs()).not.toContain(key.slice(9));
      expect(server.logs()).not.toContain(session.slice(-20));
    },
  );

  it.each(['', 'Basic ', 'Token ', 'ApiKey ', 'Bearer:', 'Bearer='])(
    'Authorization with %j before it instead of Bearer: 401 that says so',
    async (scheme) => {
      const answer = await sendRaw(server, '/integration/whoami', latin1(`Authorization: ${scheme}${key}`));
      expect(answer.status).toBe(401);
      expect(answer.problem.detail).toBe(
        'The credential in the header Authorization has to follow the word Bearer and a space',
      );
      expect(answer.text).not.toContain(key.slice(9, 20));
    },
  );

  it('another scheme beside a key or a session cookie, as a proxy adds one: passed over', async () => {
    const basic = 'Authorization: Basic YW5hOnNlY3JldA==';
    expect((await sendRaw(server, '/integration/whoami', latin1(`${basic}\r\nX-API-KEY: ${key}`))).status).toBe(200);
    const cookie = `Cookie: ${server.sessionCookie}=${session}`;
    expect((await sendRaw(server, '/profile', latin1(`${basic}\r\n${cookie}`))).status).toBe(200);
  });

  it.each([
    ['a carriage return, as of a file', '\r'],
    ['a line feed', '\n'],
    ['a NUL', '\0'],
    ['a control character', '\u0007'],
  ])('with %s behind it, which is not HTTP: 400 that says so, and holds nothing of the value', async (_, character) => {
    for (const header of ['X-API-KEY: ', 'Authorization: Bearer ']) {
      const answer = await sendRaw(server, '/integration/whoami', latin1(`${header}${key}${character}`));
      // A line feed alone may count as the end of a line.
      if (character === '\n' && answer.status === 200) continue;
      expect(answer.status).toBe(400);
      expect(answer.problem).toMatchObject({ code: 'malformed', status: 400 });
      expect(answer.problem.detail).toMatch(/^The request is not HTTP: \w+/);
      expect(answer.text).not.toContain(key.slice(9, 20));
    }
  });

  it('a session as long as a header can be, with spaces around it: accepted', async () => {
    const [head = '', body = ''] = session.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as JWTPayload;
    const long = await new SignJWT({ ...claims, groups: 'g'.repeat(6000) })
      .setProtectedHeader(JSON.parse(Buffer.from(head, 'base64url').toString()) as JWTHeaderParameters)
      .sign(server.signingKey.privateKey);
    expect((await sendRaw(server, '/profile', latin1(`Authorization:  Bearer   ${long}  `))).status).toBe(200);
  });

  it('a valid credential after a refused one: accepted', async () => {
    await sendRaw(server, '/integration/whoami', latin1(`X-API-KEY: "${key}"`));
    expect((await request(server, '/integration/whoami', { headers: { 'X-API-KEY': key } })).status).toBe(200);
  });
});
