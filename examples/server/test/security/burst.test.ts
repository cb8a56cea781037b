import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, databases, encryptionKey } from '../harness.js';
import { buildServer, type ServerProcess, startProcess } from '../server-process.js';
import { type Served, send, uuid } from './exchange.js';

/** A policy with personal API keys, without a limit. */
const policy = 'duplocloud';

describe.each(databases)('a burst of writes on %s', (database) => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let dataDir: string;
  let running: ServerProcess;
  let server: Served;
  beforeAll(async () => {
    built = await buildServer();
    dataDir = await mkdtemp(join(tmpdir(), 'cockpit-burst-'));
    const DATABASE_URL = database === 'postgres' ? await createDatabase() : '';
    running = await startProcess(built.file, { DATA_DIR: dataDir, DATABASE_URL, ENCRYPTION_KEYS: encryptionKey });
    server = running.of(policy);
  });
  afterAll(async () => {
    await running.kill();
    await built.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('65 1,500 writes at once by one person → another’s reads and /readyz overtake them; the rest is refused with Retry-After', async () => {
    const [writer, reader] = [await server.session('eve'), await server.session('ana')];
    for (const bearer of [writer, reader]) expect((await send(server, '/profile', { bearer })).outcome).toBe('200');

    const answered = { created: 0, refused: 0 };
    const create = async (at: number): Promise<Response> => {
      const answer = await fetch(`${server.baseUrl}/api-keys`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${writer}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': uuid(),
        },
        body: JSON.stringify({ name: `Burst ${at}` }),
      });
      if (answer.status === 201) answered.created++;
      else answered.refused++;
      return answer;
    };
    const burst = Promise.all(Array.from({ length: 1500 }, (_, at) => create(at)));

    /** How many writes were done while each read was waited for. */
    const writesDuringReads: number[] = [];
    const { origin } = new URL(server.baseUrl);
    for (let at = 0; at < 10; at++) {
      const before = answered.created;
      expect((await send(server, '/api-keys', { bearer: reader })).outcome).toBe('200');
      writesDuringReads.push(answered.created - before);
      expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    }
    const answers = await burst;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 429]));
    for (const { status, headers } of answers)
      if (status === 429) expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Math.max(...writesDuringReads)).toBeLessThan(200);
    const after = await create(1500);
    expect(after.status).toBe(201);
  });
});
