import { mkdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigurationError } from './config.js';
import { networkFaultOf } from './adapters/network-faults.js';
import { shown } from './documents/shown.js';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The error of a setting: one line with its name, the problem and an example, without a secret. */
const fault = (name: string, what: string, example: string): ConfigurationError =>
  new ConfigurationError(`${name}: ${what}. Example: ${name}=${example}`);

/** A port or address that cannot be listened on. */
export const listenFault = (error: unknown, host: string, port: number): unknown => {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return fault(
        'PORT',
        `${port} is taken by another process at ${shown(host)}`,
        String(port === 65535 ? 4400 : port + 1),
      );
    case 'EACCES':
      return fault('PORT', `this process may not listen on ${port}; ports below 1024 need a privilege`, '4400');
    case 'EADDRNOTAVAIL':
      return fault('HOST', `${shown(host)} is no address of this machine`, '127.0.0.1');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fault('HOST', `DNS does not know ${shown(host)}`, '127.0.0.1');
    default:
      return error;
  }
};

const folderReasons: Readonly<Record<string, string>> = {
  EACCES: 'this process may not write there',
  EPERM: 'this process may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the file system is full',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'there is a file, not a folder',
};

/** Each missing folder by itself: where none can be made, as in `/proc`, Node's recursive way never ends. */
const makeFolder = (path: string): void => {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry?.isDirectory()) return;
  if (entry) throw Object.assign(new Error('Not a folder'), { code: 'EEXIST' });
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been first.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
};

/** Makes the data directory where it is not there yet, and tries whether files can be written in it. */
export const prepareDataDir = (dataDir: string): void => {
  const path = resolve(dataDir);
  try {
    makeFolder(path);
    const probe = join(path, `.writable.${process.pid}`);
    writeFileSync(probe, '');
    unlinkSync(probe);
  } catch (error) {
    const code = codeOf(error);
    throw fault(
      'DATA_DIR',
      `${shown(dataDir)} cannot be used: ${folderReasons[code] ?? `it cannot be written (${code})`}`,
      '/var/lib/cockpit',
    );
  }
};

// SQLite's result codes, without what their upper bytes add.
const sqliteReasons: Readonly<Record<number, string>> = {
  3: 'this process may not open it',
  5: 'another process holds it locked',
  6: 'another process holds it locked',
  8: 'it is read-only',
  10: 'the file system failed',
  11: 'it is damaged: restore it from a backup',
  13: 'the file system is full',
  14: 'it cannot be opened',
  26: 'it is no SQLite database',
};

/** Of the SQLite file of one product. */
export const sqliteFault = (error: unknown, path: string): unknown => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const reason = sqliteReasons[error.errcode & 0xff];
  if (reason === undefined) return error;
  return fault('DATA_DIR', `the file ${shown(path)} cannot be used: ${reason}`, '/var/lib/cockpit');
};

/** PostgreSQL's own codes, by their beginning. */
const postgresReasons: readonly (readonly [code: string, reason: string])[] = [
  ['28', 'the server refuses the user or the password'],
  ['3D000', 'there is no such database; make it first, as by createdb'],
  ['42501', 'the user lacks a right: it has to create a schema, or to own the one that is there'],
  ['53', 'the server has no connection or memory left'],
  ['57P03', 'the server is starting or stopping'],
  ['57014', 'there was no answer in time'],
  ['55P03', 'another process holds the database locked'],
  ['25006', 'the server takes reads only'],
  ['08', 'the connection failed'],
];

const driverReasons: readonly (readonly [message: RegExp, reason: string])[] = [
  [/timeout/i, 'there was no answer in time'],
  [/does not support SSL/i, 'the server has no TLS: leave sslmode out, or set it to disable'],
  [/terminated|ended/i, 'the connection was closed by the other side: is that a PostgreSQL server?'],
  [/SASL|password must be a string/i, 'the server asks for a password, and there is none or a wrong one'],
];

/** Of PostgreSQL. The address is a secret; its host, port and database are shown. */
export const postgresFault = (error: unknown, databaseUrl: string): unknown => {
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  const reason =
    networkFaultOf(error) ??
    postgresReasons.find(([begin]) => /^[0-9A-Z]{5}$/.test(code) && code.startsWith(begin))?.[1] ??
    driverReasons.find(([pattern]) => pattern.test(error.message))?.[1];
  if (!reason) return error;
  const { host, pathname } = new URL(databaseUrl);
  return fault(
    'DATABASE_URL',
    `the database at ${shown(host + pathname)} cannot be used: ${reason}`,
    'postgres://cockpit:password@db.example.com:5432/cockpit',
  );
};

/** Of the issuer's keys. */
export const jwksFault = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const reason =
    networkFaultOf(error) ??
    (codeOf(error) === 'ERR_JWKS_TIMEOUT' ? 'there was no answer in time' : null) ??
    (codeOf(error) === 'ERR_JWKS_INVALID' ? 'what is there is no JSON Web Key Set' : null) ??
    (codeOf(error) === 'ERR_JOSE_GENERIC' ? 'what is there is no JSON Web Key Set, or the answer is not 200' : null) ??
    'the connection failed';
  return fault('JWKS_URL', `the keys cannot be read: ${reason}`, 'https://id.example.com/.well-known/jwks.json');
};
