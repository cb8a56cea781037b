import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { acme, countRows, type Exchange, jira, type Sent, send, uuid } from './exchange.js';

const largest = 64 * 1024;
/** Microseconds of this process's own work, which no other program on the machine adds to. */
const quickly = 3e6;

/** JSON of exactly so many bytes. */
const ofBytes = (bytes: number): string => {
  const [start, end] = ['{"description":"', '"}'];
  return `${start}${'x'.repeat(bytes - start.length - end.length)}${end}`;
};

const streamOf = (text: string): ReadableStream =>
  new ReadableStream({
    start(controller) {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += 8192) controller.enqueue(bytes.subarray(at, at + 8192));
      controller.close();
    },
  });

describe.each(databases)('oversized and unreadable bodies on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  const timed = async (path: string, sent: Sent): Promise<Exchange> => {
    const before = process.cpuUsage();
    const answer = await send(server, path, { as: 'ana', ...sent });
    const { user, system } = process.cpuUsage(before);
    expect(user + system, path).toBeLessThan(quickly);
    return answer;
  };
  const keys = `${acme}/api-keys`;
  const post = (raw: BodyInit, headers: Record<string, string> = {}): Promise<Exchange> =>
    timed(keys, { raw, headers: { 'Idempotency-Key': uuid(), ...headers } });

  /** Over a bare connection: a client that does not keep to the rules, with a body that goes on until it is answered. */
  const statusOf = async (head: string[], endless: string): Promise<number> => {
    const { port } = new URL(server.origin);
    const session = await server.session('ana');
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        const lines = [
          `POST /test/v1${keys} HTTP/1.1`,
          'Host: 127.0.0.1',
          `Authorization: Bearer ${session}`,
          'Content-Type: application/json',
          `Idempotency-Key: ${uuid()}`,
          ...head,
        ];
        socket.write(`${lines.join('\r\n')}\r\n\r\n`);
        pour();
      });
      const pour = () => {
        if (!endless) return;
        while (!socket.destroyed && socket.write(endless));
      };
      socket.on('drain', pour);
      socket.setTimeout(50_000, () => socket.destroy(new Error('No answer came')));
      socket.once('data', (data) => {
        const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(data.toString('latin1')) ?? [];
        socket.destroy();
        resolve(Number(status));
      });
      socket.once('error', reject);
    });
  };

  it('48 over the limit, announced or not → 413; at the limit it is read', async () => {
    const before = await countRows(server, 'apiKey');
    for (const size of [largest + 1, 2 * largest, 4 * largest]) {
      expect((await post(ofBytes(size))).outcome, `${size} announced`).toBe('413 too_large');
      expect((await post(streamOf(ofBytes(size)))).outcome, `${size} streamed`).toBe('413 too_large');
    }
    for (const body of [ofBytes(largest), streamOf(ofBytes(largest))]) {
      const read = await post(body);
      expect(read.outcome).toBe('422 invalid');
      expect(read.faults).toEqual(['description:too_long']);
    }
    // Bytes count, not characters.
    expect((await post(`{"description":"${'é'.repeat(largest / 2)}"}`)).outcome).toBe('413 too_large');
    // Nor does white space come free.
    expect((await post(`${' '.repeat(largest)}{}`)).outcome).toBe('413 too_large');
    expect(await countRows(server, 'apiKey')).toBe(before);
  });

  it('48 announced and never sent, or sent without end → 413 without waiting for the rest', async () => {
    expect(await statusOf([`Content-Length: ${10 * 2 ** 30}`], '')).toBe(413);
    const chunk = 'x'.repeat(8192);
    const chunked = `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
    expect(await statusOf(['Transfer-Encoding: chunked'], chunked)).toBe(413);
    expect(await statusOf([`Content-Length: ${10 * 2 ** 30}`], chunk)).toBe(413);
    // Two lengths, by which two readers of one connection would disagree, are nobody's request.
    const smuggled = ['Content-Length: 5', 'Transfer-Encoding: chunked'];
    expect(await statusOf(smuggled, '0\r\n\r\nGET / HTTP/1.1\r\n\r\n')).toBe(400);
    expect((await timed('/profile', {})).outcome).toBe('200');
  });

  it('48 deep nesting → 400, quickly', async () => {
    const nested = (depth: number, open: string, close: string, inner = '1') =>
      `{"description":${open.repeat(depth)}${inner}${close.repeat(depth)}}`;
    for (const depth of [21, 1000, 10_000, 32_000]) {
      expect((await post(nested(depth, '[', ']'))).outcome).toBe('400 malformed');
      if (depth < 10_000) expect((await post(nested(depth, '{"a":', '}'))).outcome).toBe('400 malformed');
    }
    // Neither closed nor in step.
    expect((await post('['.repeat(largest))).outcome).toBe('400 malformed');
    expect((await post('[{'.repeat(largest / 2))).outcome).toBe('400 malformed');
    expect((await post(nested(50, '"\\"[', ']'))).outcome).toBe('400 malformed');
    // A few levels are only wrong; brackets in a text are none.
    expect((await post(nested(10, '[', ']'))).faults).toEqual(['description:type']);
    const brackets = await post(JSON.stringify({ description: `${'[{"'.repeat(100)}\\`, module: 'unknown' }));
    expect(brackets.faults).toEqual(['module:not_offered']);
  });

  it('48 bad UTF-8 → 400', async () => {
    const around = (...bytes: number[]) =>
      Buffer.concat([Buffer.from('{"description":"'), Buffer.from(bytes), Buffer.from('"}')]);
    for (const body of [
      around(0xff),
      around(0xfe, 0xff),
      around(0x80),
      around(0xc3),
      // Longer than it need be; half of a pair; beyond the last character.
      around(0xc0, 0xaf),
      around(0xe0, 0x80, 0xaf),
      around(0xed, 0xa0, 0x80),
      around(0xf4, 0x90, 0x80, 0x80),
      Buffer.from('{"description":"é"}', 'latin1'),
      Buffer.from('{"description":"x"}', 'utf16le'),
      Buffer.from([0xff, 0xfe, ...Buffer.from('{"description":"x"}', 'utf16le')]),
    ])
      expect((await post(body)).outcome, body.toString('hex')).toBe('400 malformed');
  });

  it('48 not JSON → 400; JSON that is not an object → 422', async () => {
    for (const body of [
      '',
      ' ',
      '{',
      '}',
      '{"description":"x"',
      '{"description":"x",}',
      "{'description':'x'}",
      '{description:"x"}',
      '{"description":"x"}{}',
      '{"description":"x"}\u0000',
      '{"description":"a\nb"}',
      '{"description":NaN}',
      '{"description":Infinity}',
      '{"description":0x10}',
      '// "x"',
      'description=x',
      '<description>x</description>',
    ])
      expect((await post(body)).outcome, body).toBe('400 malformed');
    for (const body of ['null', '[]', '"x"', '7', 'true', '1e309', '[{"description":"x"}]'])
      expect((await post(body)).faults, body).toEqual([':type']);
    expect(
      (await send(server, keys, { as: 'ana', method: 'POST', headers: { 'Idempotency-Key': uuid() } })).outcome,
    ).toBe('422 invalid');
  });

  it('48 a wrong content type → 415', async () => {
    const body = '{"description":"x"}';
    for (const type of [
      'text/plain',
      'text/plain; charset=utf-8',
      'text/json',
      'text/html',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/octet-stream',
      'application/xml',
      'application/jsonp',
      'application/json5',
      'application/x-json',
      'application/merge-patch+json',
      'application/problem+json',
      'application/json; charset=utf-16',
      'application/json; charset=iso-8859-1',
      'application/json, text/plain',
      'application/json text/plain',
      'json',
      '*/*',
    ])
      expect((await post(body, { 'Content-Type': type })).outcome, type).toBe('415 media_type_unsupported');
    // A body of bytes has no type of its own.
    const bytes = await fetch(server.baseUrl + keys, {
      method: 'POST',
      body: Buffer.from(body),
      headers: { Authorization: `Bearer ${await server.session('ana')}`, 'Idempotency-Key': uuid() },
    });
    expect(bytes.status).toBe(415);
    // Compressed, or said to be, in any operation that may have a body.
    const json = 'application/json';
    for (const encoding of ['gzip', 'br', 'zstd', 'deflate', 'aes128gcm', 'identity, gzip'])
      for (const raw of [body, gzipSync(body)]) {
        const headers = {
          'Content-Type': json,
          'Content-Encoding': encoding,
          'If-Match': '*',
          'Idempotency-Key': uuid(),
        };
        expect((await post(raw, headers)).outcome, encoding).toBe('415 media_type_unsupported');
        const patched = await send(server, '/profile', { as: 'ana', method: 'PATCH', raw, headers });
        expect(patched.outcome, encoding).toBe('415 media_type_unsupported');
      }
    expect((await post(body, { 'Content-Type': json, 'Content-Encoding': 'identity' })).outcome).toBe('201');
    for (const type of [
      'application/json',
      'Application/JSON',
      'application/json;charset=UTF-8',
      'application/json; charset="utf-8"',
    ])
      expect((await post(body, { 'Content-Type': type })).outcome, type).toBe('201');
  });

  it('48 a compressed body → 400 or 415, not decompressed', async () => {
    const bomb = gzipSync(ofBytes(50 << 20));
    expect(bomb.length).toBeLessThan(largest);
    const before = process.memoryUsage().rss;
    expect((await post(bomb, { 'Content-Encoding': 'gzip' })).outcome).toMatch(
      /^4(00 malformed|15 media_type_unsupported)$/,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(40 << 20);
  });

  it('48 long texts in every field → 422, quickly', async () => {
    const long = 60_000;
    for (const text of [
      'x'.repeat(long),
      ' '.repeat(long) + 'x',
      'é'.repeat(long / 2),
      'a@'.repeat(long / 2),
      '-'.repeat(long),
      'a.'.repeat(long / 2),
      '\u0301'.repeat(long / 2),
    ]) {
      const fresh = jira('long');
      for (const json of [
        { ...fresh, name: text },
        { ...fresh, code: text },
        { ...fresh, description: text },
        { ...fresh, provider: text },
        ...Object.keys(fresh.values).map((field) => ({ ...fresh, values: { ...fresh.values, [field]: text } })),
        { ...fresh, values: { ...fresh.values, [text]: 'x' } },
      ]) {
        const answer = await timed(`${acme}/provider-tokens`, { json });
        // White space is trimmed away before it is counted.
        if (!text.startsWith(' ')) expect(answer.outcome).toBe('422 invalid');
        else expect(answer.status).toBeLessThan(500);
      }
      const patch = { method: 'PATCH', headers: { 'If-Match': '*' } };
      for (const json of [{ firstName: text }, { lastName: text }])
        if (!text.startsWith(' ')) expect((await timed('/profile', { ...patch, json })).outcome).toBe('422 invalid');
      const search = await timed(`${acme}/api-keys?q=${encodeURIComponent(text.slice(0, 2000))}`, {});
      expect(search.outcome).toMatch(text.startsWith(' ') ? /^200$/ : /^400 malformed$/);
    }
  });

  it('48 unknown or malformed query parameters → 400', async () => {
    const wrong = [
      'limit=0',
      'limit=101',
      'limit=-1',
      'limit=1.5',
      'limit=1e309',
      'limit=NaN',
      'limit=x',
      'limit=1&limit=2',
      'sort=',
      'sort=id',
      'sort=--name',
      'sort=name,createdAt',
      'offset=1',
      'q=a&q=b',
      `q=${'x'.repeat(101)}`,
    ];
    for (const query of wrong)
      expect((await send(server, `${acme}/api-keys?${query}`, { as: 'ana' })).outcome, query).toBe('400 malformed');
    expect((await send(server, '/profile?x=1', { as: 'ana' })).outcome).toBe('400 malformed');
  });
});
