import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface OwnPostgres {
  /** Of the server's maintenance database. */
  url: string;
  /** Stops all its processes where they are: it takes connections and answers nothing. */
  freeze: () => Promise<void>;
  thaw: () => Promise<void>;
  /** Ends its processes as a crash would, and starts it anew on the same data and port. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

/** @param pooled Whether PgBouncer stands before it. */
export const startPostgresServer = async (pooled: boolean): Promise<OwnPostgres> => {
  const script = fileURLToPath(new URL('../test/postgres-server.mjs', import.meta.url));
  const server = spawn(process.execPath, [script, ...(pooled ? ['pooled'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  const lines = createInterface(server.stdout);
  const line = () =>
    Promise.race([
      once(lines, 'line').then(([text]) => String(text)),
      exited.then(() => Promise.reject(new Error('PostgreSQL ended'))),
    ]);
  const command = (name: string) => async (): Promise<void> => {
    const done = line();
    server.stdin.write(`${name}\n`);
    await done;
  };
  const port = Number(await line());
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    freeze: command('freeze'),
    thaw: command('thaw'),
    restart: command('restart'),
    stop: async () => {
      server.stdin.end();
      await exited;
    },
  };
};
