import { join } from 'node:path';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { type App, createApp } from './app.js';
import { contentEncodings } from './adapters/zlib-encodings.js';
import { Keyring } from './domain/keyring.js';
import { Peppers, type PepperSetting } from './domain/peppers.js';
import { sharpImages } from './adapters/sharp-images.js';
import type { TrustedProxies } from './routes/forwarding.js';
import type { EncryptionKey } from './settings/kinds.js';
import type { Background } from './ports/background.js';
import type { Clock } from './ports/clock.js';
import type { ConcurrencyLimiter } from './ports/concurrency-limiter.js';
import type { MailServer } from './ports/mail.js';
import type { KeyWrapping } from './ports/key-wrapping.js';
import type { Logger } from './ports/logger.js';
import { systemRandom } from './ports/random.js';
import type { RateLimiters } from './ports/rate-limiter.js';
import { type SessionRevocations, type SessionVerifier, unlessRevoked } from './ports/sessions.js';
import type { Catalogue } from './providers/catalogue.js';
import { memoryRateLimiters } from './adapters/memory-rate-limiter.js';
import type { ServiceToken } from './ports/service-token.js';
import { peerOf } from './adapters/http-server.js';
import { sqliteFault } from './start-faults.js';
import { openNodeSqlite } from './store/node-sqlite.js';
import type { Store } from './store/store.js';

/** One host's API on a store of its own. */
export interface Product extends App {
  name: string;
  basePath: string;
  store: Store;
  /** Ends the connections to its database. */
  close: () => Promise<void>;
}

/** Options that all products of one server share. */
export interface ProductSurroundings {
  publicUrl: string;
  allowedOrigins: readonly string[];
  proxies: TrustedProxies;
  /** Milliseconds by which the clocks of two machines may be apart. */
  clockTolerance: number;
  encryptionKeys: readonly EncryptionKey[];
  /** `null` wraps data keys by the encryption keys. */
  keyWrapping: KeyWrapping | null;
  catalogue: Catalogue;
  services: readonly ServiceToken[];
  mail: MailServer;
  peppers: readonly PepperSetting[];
  /** `null` where sessions stand until they expire. */
  revocations: SessionRevocations | null;
  databaseUrl: string | null;
  dataDir: string;
  activityRetentionDays: number;
  clock: Clock;
  logger: Logger;
  background: Background;
  /** For all products together. */
  concurrency: ConcurrencyLimiter;
  /** Likewise. */
  uploads: ConcurrencyLimiter;
}

export interface ProductOptions extends ProductSurroundings {
  /** Names the store: a file, or a schema. */
  name: string;
  policy: HostPolicy;
  basePath: string;
  profileUrl: string;
  sessions: SessionVerifier;
  sessionCookie: string | null;
}

/** Storage of a product: its records, and the counters of its limits. */
interface Storage {
  store: Store;
  limiters: RateLimiters;
}

const openStorage = async ({ name, databaseUrl, dataDir, logger }: ProductOptions): Promise<Storage> => {
  if (databaseUrl) {
    // Only where it is used: SQLite needs no client.
    const { openPostgres } = await import('./store/postgres.js');
    const { postgresRateLimiters } = await import('./adapters/postgres-rate-limiter.js');
    const schema = name === 'cockpit' ? name : `cockpit_${name.replaceAll('-', '_')}`;
    const store = await openPostgres(databaseUrl, schema, logger);
    return { store, limiters: postgresRateLimiters(databaseUrl, schema, logger) };
  }
  const path = join(dataDir, `${name}.sqlite`);
  const store = await openNodeSqlite(path, logger).catch((error: unknown) => {
    throw sqliteFault(error, path);
  });
  return { store, limiters: memoryRateLimiters };
};

export const openProduct = async (options: ProductOptions): Promise<Product> => {
  const { store, limiters } = await openStorage(options);
  const { sessions, revocations } = options;
  const app = createApp({
    ...options,
    sessions: revocations ? unlessRevoked(sessions, revocations) : sessions,
    store,
    directory: store.directory,
    keyring: new Keyring(options.encryptionKeys),
    random: systemRandom,
    images: sharpImages,
    encodings: contentEncodings,
    peppers: await Peppers.from(options.peppers),
    wrongCredentials: limiters.create('wrong-credentials', 100, 60),
    requests: limiters.create('requests', 6000, 60),
    clientOf: (request, env) => options.proxies.clientOf(peerOf(env), request),
  });
  const sweep = async () => {
    await app.sweep();
    await limiters.sweep();
  };
  const close = async () => {
    await Promise.all([store.close(), limiters.close()]);
  };
  return { ...app, name: options.name, basePath: options.basePath, store, sweep, close };
};
