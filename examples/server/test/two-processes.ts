import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createDatabase, type databases, encryptionKey } from './harness.js';
import { buildServer, type ServerProcess, startProcess } from './server-process.js';

/** Two processes of the server on the same data, for the tests of one `describe`. */
export const startTwoProcesses = (database: (typeof databases)[number]) => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let dataDir: string;
  let processes: [ServerProcess, ServerProcess];
  beforeAll(async () => {
    built = await buildServer();
    dataDir = await mkdtemp(join(tmpdir(), 'cockpit-two-'));
    const DATABASE_URL = database === 'postgres' ? await createDatabase() : '';
    const env = { DATA_DIR: dataDir, DATABASE_URL, ENCRYPTION_KEYS: encryptionKey };
    processes = [await startProcess(built.file, env), await startProcess(built.file, env)];
  });
  afterAll(async () => {
    await Promise.all(processes.map((each) => each.kill()));
    await built.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    get processes() {
      return processes;
    },
  };
};
