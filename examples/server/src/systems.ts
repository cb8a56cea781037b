import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { type App, createApp } from './app.js';
import { contentEncodings } from './content-encodings.js';
import { utf8 } from './bytes.js';
import { hmacKey, Keyring } from './domain/keyring.js';
import { sharpImages } from './sharp-images.js';
import type { TrustedProxies } from './forwarding.js';
import type { EncryptionKey } from './settings/kinds.js';
import type { Background } from './ports/background.js';
import type { Clock } from './ports/clock.js';
import type { ConcurrencyLimiter } from './ports/concurrency-limiter.js';
import type { MailServer } from './ports/mail.js';
import type { Logger } from './ports/logger.js';
import { systemRandom } from './ports/random.js';
import { type SessionRevocations, type SessionVerifier, unlessRevoked } from './ports/sessions.js';
import type { Catalogue } from './providers/catalogue.js';
import { memoryRateLimiter } from './rate-limiter.js';
import type { ServiceToken } from './routes/callers.js';
import { peerOf } from './serve.js';
import { openNodeSqlite } from './store/node-sqlite.js';
import type { Store } from './store/store.js';

/** One host's API on a store of its own. */
export interface System extends App {
  name: string;
  basePath: string;
  store: Store;
}

/** What all systems of one server have in common. */
export interface SystemSurroundings {
  publicUrl: string;
  allowedOrigins: readonly string[];
  proxies: TrustedProxies;
  /** Milliseconds by which the clocks of two machines may be apart. */
  clockTolerance: number;
  encryptionKeys: readonly EncryptionKey[];
  catalogue: Catalogue;
  services: readonly ServiceToken[];
  mail: MailServer;
  pepper: string | null;
  /** `null` where sessions stand until they expire. */
  revocations: SessionRevocations | null;
  databaseUrl: string | null;
  dataDir: string;
  clock: Clock;
  logger: Logger;
  background: Background;
  /** For all systems together. */
  concurrency: ConcurrencyLimiter;
}

export interface SystemOptions extends SystemSurroundings {
  /** Names the store: a file, or a schema. */
  name: string;
  policy: HostPolicy;
  basePath: string;
  profileUrl: string;
  sessions: SessionVerifier;
  sessionCookie: string | null;
}

const openStore = async ({ name, databaseUrl, dataDir, logger }: SystemOptions): Promise<Store> => {
  if (databaseUrl) {
    // Only where it is used: SQLite needs no client.
    const { openPostgres } = await import('./store/postgres.js');
    return openPostgres(databaseUrl, name === 'cockpit' ? name : `cockpit_${name.replaceAll('-', '_')}`, logger);
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return openNodeSqlite(join(dataDir, `${name}.sqlite`));
};

export const openSystem = async (options: SystemOptions): Promise<System> => {
  const store = await openStore(options);
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
    wrongKeys: memoryRateLimiter(100, 60),
    requests: memoryRateLimiter(6000, 60),
    pepper: options.pepper === null ? null : await hmacKey(utf8(options.pepper)),
    clientOf: (request, env) => options.proxies.clientOf(peerOf(env), request),
  });
  return { name: options.name, basePath: options.basePath, store, ...app };
};
