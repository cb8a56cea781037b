import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { createApp } from '../app.js';
import { Keyring } from '../domain/keyring.js';
import { Peppers } from '../domain/peppers.js';
import { Background } from '../ports/background.js';
import { noConcurrencyLimit } from '../ports/concurrency-limiter.js';
import type { Claims } from '../ports/directory.js';
import { silentLogger } from '../ports/logger.js';
import type { Delivery, Mail, MailServer } from '../ports/mail.js';
import { systemRandom } from '../ports/random.js';
import { catalogue } from '../providers/index.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import type { Store } from '../store/store.js';
import { openWasmSqlite } from '../store/wasm-sqlite.js';
import { canvasImages } from '../adapters/canvas-images.js';

const unlimited: RateLimiter = {
  take: () =>
    Promise.resolve({ allowed: true, limit: 1_000_000, windowSeconds: 60, remaining: 1_000_000, resetSeconds: 60 }),
};

/** Keeps what it is given, as long as it is said to accept it. */
export interface InPageMail extends MailServer {
  ready: boolean;
  outcome: Delivery['outcome'];
  readonly accepted: Mail[];
}

const startMail = (): InPageMail => {
  const mail: InPageMail = {
    ready: true,
    outcome: 'accepted',
    accepted: [],
    send: (sent) => {
      if (mail.outcome === 'accepted') mail.accepted.push(sent);
      return Promise.resolve({ outcome: mail.outcome });
    },
  };
  return mail;
};

export interface InPageServer {
  /** Below which its operations stand, as on any server. */
  readonly baseUrl: string;
  fetch(request: Request): Promise<Response>;
  /** An access token for somebody; unknown people are made known by it, as by a first sign-in. */
  session(claims: Claims): string;
  /** Ends a session: its token is refused from now on, as an expired one. */
  endSession(token: string): void;
  readonly store: Store;
  readonly mail: InPageMail;
  /** Moves the server's clock on. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

/**
 * The whole server in a page, on a database in memory: for stories and tests. Gone with the page. With a base path of
 * its own, its clients hear nothing of those of another server.
 */
export const startInPage = async (policy: HostPolicy, basePath = '/v1'): Promise<InPageServer> => {
  const store = await openWasmSqlite();
  const sessions = new Map<string, Claims>();
  const mail = startMail();
  let offset = 0;
  const peppers = await Peppers.from([]);
  const { app } = createApp({
    policy,
    catalogue,
    store,
    directory: store.directory,
    sessions: {
      verify: (token) => {
        const claims = sessions.get(token);
        return Promise.resolve(claims ? { claims } : { refused: 'expired' });
      },
    },
    keyWrapping: null,
    keyring: new Keyring([{ id: 'page', bytes: systemRandom.bytes(32) }]),
    // Not by `Date`, which a test may set wrong: that is the client's clock.
    clock: { now: () => performance.timeOrigin + performance.now() + offset },
    clockTolerance: 0,
    random: systemRandom,
    images: canvasImages,
    encodings: [],
    mail,
    background: new Background(silentLogger),
    logger: silentLogger,
    wrongCredentials: unlimited,
    requests: unlimited,
    concurrency: noConcurrencyLimit,
    uploads: noConcurrencyLimit,
    basePath,
    publicUrl: location.origin,
    profileUrl: location.href,
    allowedOrigins: [],
    services: [],
    sessionCookie: null,
    peppers,
    activityRetentionDays: 400,
    clientOf: ({ url }) => ({ source: 'page', origin: new URL(url).origin }),
  });
  return {
    baseUrl: `${location.origin}${basePath}`,
    fetch: async (request) => app.fetch(request),
    session: (claims) => {
      const token = `session-of-${claims.subject}-${sessions.size}`;
      sessions.set(token, claims);
      return token;
    },
    endSession: (token) => void sessions.delete(token),
    store,
    mail,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    close: () => store.close(),
  };
};
