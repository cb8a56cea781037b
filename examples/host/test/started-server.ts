import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
};

/** A process of the server as `npm start` runs it, which can be killed and started again on the same data. */
export class StartedServer {
  readonly origin: string;
  log = '';
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  constructor(port: number, dataDir: string, environment: NodeJS.ProcessEnv = {}) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#environment = {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      HOST_PAGES: `${root}examples/host/dist`,
      DEMO: '1',
      MAKE_ENCRYPTION_KEY: '1',
      CATCH_MAIL: '1',
      ...environment,
    };
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [`${root}examples/server/dist/main.js`], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr.on('data', (data: Buffer) => (this.log += data.toString()));
    const ready = new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.log += `${line}\n`;
        if (line.startsWith('Ready: ')) resolve();
      });
      child.on('exit', () => reject(new Error(`The server did not start:\n${this.log}`)));
    });
    await ready;
  }

  /** As a power cut does: without a word. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
