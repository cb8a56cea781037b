import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerOf, serve } from '../src/adapters/http-server.js';
import { memoryRateLimiter } from '../src/adapters/memory-rate-limiter.js';
import { sharpImages } from '../src/adapters/sharp-images.js';
import { contentEncodings } from '../src/adapters/zlib-encodings.js';
import { type AppOptions, createApp } from '../src/app.js';
import { Keyring } from '../src/domain/keyring.js';
import { Peppers } from '../src/domain/peppers.js';
import { Background } from '../src/ports/background.js';
import { systemClock } from '../src/ports/clock.js';
import { noConcurrencyLimit } from '../src/ports/concurrency-limiter.js';
import { silentLogger } from '../src/ports/logger.js';
import { noMailServer } from '../src/ports/mail.js';
import { systemRandom } from '../src/ports/random.js';
import { catalogue } from '../src/providers/index.js';
import { openNodeSqlite } from '../src/store/node-sqlite.js';
import { openPostgres } from '../src/store/postgres.js';
import type { Store } from '../src/store/store.js';
import { createDatabase, type databases } from './harness.js';

export interface OwnApp {
  store: Store;
  baseUrl: string;
  /** A session token of a person: their id. */
  session: (userId: string) => Promise<string>;
  close: () => Promise<void>;
}

/** An app with adapters of a host's own, served over HTTP. */
export const serveOwnApp = async (
  database: (typeof databases)[number],
  { policy, ...own }: Pick<AppOptions, 'policy'> & Partial<AppOptions>,
): Promise<OwnApp> => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-own-'));
  const store = await (database === 'sqlite'
    ? openNodeSqlite(join(folder, 'own.sqlite'), silentLogger)
    : openPostgres(await createDatabase(), 'own', silentLogger));
  const { app } = createApp({
    policy,
    catalogue,
    store,
    directory: store.directory,
    sessions: { verify: (token) => Promise.resolve({ claims: { subject: token, firstName: token } }) },
    keyring: new Keyring([{ id: 'test', bytes: systemRandom.bytes(32) }]),
    clock: systemClock,
    clockTolerance: 0,
    random: systemRandom,
    background: new Background(silentLogger),
    images: sharpImages,
    encodings: contentEncodings,
    mail: noMailServer,
    logger: silentLogger,
    wrongCredentials: memoryRateLimiter(100, 60),
    requests: memoryRateLimiter(6000, 60),
    concurrency: noConcurrencyLimit,
    uploads: noConcurrencyLimit,
    basePath: '/v1',
    publicUrl: 'https://cockpit.example',
    profileUrl: 'https://cockpit.example/',
    allowedOrigins: [],
    services: [],
    sessionCookie: null,
    keyWrapping: null,
    peppers: await Peppers.from([]),
    activityRetentionDays: 400,
    clientOf: ({ url }, env) => ({ source: peerOf(env), origin: new URL(url).origin }),
    ...own,
  });
  const serving = await serve(app, {
    hostname: '127.0.0.1',
    port: 0,
    limits: { maxConnections: 100, requestTimeout: 60, keepAliveTimeout: 65, idleTimeout: 60 },
    onDrop: () => {},
  });
  return {
    store,
    baseUrl: `${serving.origin}/v1`,
    session: (userId) => Promise.resolve(userId),
    close: async () => {
      await serving.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};
