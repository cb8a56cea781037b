import { createRemoteJWKSet } from 'jose';
import type { Hono } from 'hono';
import { RoundRobinLimiter } from './adapters/round-robin-limiter.js';
import { type Config, ConfigurationError } from './config.js';
import type { EncryptionKey } from './settings/kinds.js';
import { openDemo, type ProductPage } from './demo/demo.js';
import { demoEncryptionKeys } from './demo/keys.js';
import { startMailCatcher } from './demo/mail-catcher.js';
import { TrustedProxies } from './routes/forwarding.js';
import { tokenIntrospection } from './adapters/token-introspection.js';
import { jwtSessions } from './adapters/jwt-sessions.js';
import { Background } from './ports/background.js';
import { type Clock, systemClock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';
import { noMailServer } from './ports/mail.js';
import { systemRandom } from './ports/random.js';
import { createRoot } from './routes/health-routes.js';
import { problemResponse } from './routes/problems.js';
import { type Serving, serve } from './adapters/http-server.js';
import { shutDown } from './shutdown.js';
import { jwksFault, listenFault, postgresFault, prepareDataDir } from './start-faults.js';
import { smtpMailServer } from './adapters/smtp-mail-server.js';
import { withWaitingTime } from './store/node-sqlite.js';
import { openProduct, type Product, type ProductSurroundings } from './products.js';
import { pathBelow, publicPathOf } from './routes/public-path.js';

export interface RunningServer extends Pick<Serving, 'origin'> {
  products: Product[];
  /** Of the demo. */
  productPages: readonly ProductPage[];
  background: Background;
  /** Takes ten seconds at most; answers what had not ended by then. */
  close(): Promise<string[]>;
}

const sweepEvery = 60_000;
const deliverEvery = 1000;
/** For a turn: many clients wait no longer for an answer. */
const longestWait = 30_000;
/** Milliseconds. With the database's own, below the ten seconds in which a start has to fail. */
const jwksTimeout = 4000;

/** Everything that the configuration asks for, served. */
export const startServer = async (
  config: Config,
  logger: Logger,
  clock: Clock = systemClock,
): Promise<RunningServer> => {
  const background = new Background(logger);
  let root: Hono | undefined;
  // First of all, as only then the port is known, which stands in what mails link to.
  const serving = await serve(
    { fetch: (request, env) => withWaitingTime(() => root?.fetch(request, env) ?? problemResponse('unavailable', '')) },
    { hostname: config.host, port: config.port, limits: config.connections, onDrop: droppedConnections(logger, clock) },
  ).catch((error: unknown) => {
    throw listenFault(error, config.host, config.port);
  });
  try {
    if (!config.issuer || !config.databaseUrl) prepareDataDir(config.dataDir);
    const catcher = config.catchMail ? await startMailCatcher() : null;
    const smtpOptions = config.smtp ?? catcher?.smtp;
    const smtp = smtpOptions ? smtpMailServer(smtpOptions) : null;
    const introspection = config.introspection && tokenIntrospection({ ...config.introspection, logger });
    const surroundings: ProductSurroundings = {
      publicUrl: config.publicUrl ?? serving.origin,
      allowedOrigins: config.allowedOrigins,
      proxies: new TrustedProxies(config.trustedProxies),
      clockTolerance: config.clockToleranceSeconds * 1000,
      encryptionKeys: config.encryptionKeys ?? (await madeEncryptionKeys(config)),
      keyWrapping: config.keyWrapping,
      services: config.serviceTokens,
      mail: smtp ?? noMailServer,
      catalogue: config.catalogue,
      peppers: config.peppers,
      revocations: introspection,
      databaseUrl: config.databaseUrl,
      dataDir: config.dataDir,
      activityRetentionDays: config.activityRetentionDays,
      clock,
      logger,
      background,
      concurrency: new RoundRobinLimiter({
        running: 64,
        inProgress: 1024,
        runningPerCaller: 2,
        inProgressPerCaller: 64,
        unidentifiedPerSource: 512,
        longestWait,
      }),
      uploads: new RoundRobinLimiter({
        running: 32,
        inProgress: 64,
        runningPerCaller: 2,
        inProgressPerCaller: 4,
        unidentifiedPerSource: 64,
        longestWait,
      }),
    };
    const { issuer } = config;
    const open = async (): Promise<Opened> =>
      issuer
        ? { products: await openHost(config, issuer, surroundings), productPages: [], addTo: () => {} }
        : openDemo(config, surroundings);
    const { products, productPages, addTo } = await whileDatabaseAnswers(config.databaseUrl, open);
    const stores = products.map(({ store }) => store);
    const publicPath = publicPathOf(surroundings.publicUrl);
    const basePaths = products.map(({ basePath }) => basePath);
    root = createRoot(stores, systemRandom, logger, pathBelow(publicPath, basePaths));
    for (const { app } of products) root.route('/', app);
    if (publicPath) root.get(decodeURI(publicPath), (context) => context.redirect(`${publicPath}/`, 301));
    catcher?.addTo(root, publicPath);
    addTo(root);

    const every = (milliseconds: number, task: (product: Product) => Promise<void>) =>
      setInterval(() => products.forEach((product) => background.run(() => task(product))), milliseconds).unref();
    const relay = smtp;
    if (config.smtp && relay)
      background.run(async () => {
        const reason = await relay.check();
        if (reason !== null) logger.warn({ reason }, 'the mail server cannot be used');
      });
    if (introspection)
      background.run(async () => {
        const reason = await introspection.check();
        if (reason !== null)
          logger.error({ reason }, 'INTROSPECTION_URL does not tell whether a session has been ended');
      });
    const timers = [every(sweepEvery, ({ sweep }) => sweep()), every(deliverEvery, ({ deliver }) => deliver())];

    const close = (): Promise<string[]> => {
      for (const timer of timers) clearInterval(timer);
      for (const { stop } of products) stop();
      return shutDown([
        {
          what: 'HTTP connections',
          limit: 6000,
          end: async () => {
            const cutOff = await serving.close();
            return cutOff > 0 ? `requests that were being answered: ${cutOff}` : undefined;
          },
        },
        { what: 'background work', limit: 2000, end: () => background.settled() },
        {
          what: 'the connection to the mail server',
          limit: 500,
          end: async () => {
            smtp?.close();
            await catcher?.close();
          },
        },
        {
          what: 'database connections',
          limit: 1500,
          end: async () => {
            await Promise.all(products.map((product) => product.close()));
          },
        },
      ]);
    };
    return { products, productPages, background, origin: serving.origin, close };
  } catch (error) {
    await serving.close();
    throw error;
  }
};

interface Opened {
  products: Product[];
  productPages: ProductPage[];
  addTo: (root: Hono) => void;
}

/** SQLite is in this process, and waits for nothing but locks, each for a limited time. */
const whileDatabaseAnswers = async (url: string | null, open: () => Promise<Opened>): Promise<Opened> => {
  if (!url) return open();
  // Only where it is used: SQLite needs no client.
  const { whilePostgresAnswers } = await import('./store/postgres-watch.js');
  return whilePostgresAnswers(url, open).catch((error: unknown) => {
    throw error instanceof ConfigurationError ? error : postgresFault(error, url);
  });
};

/** A host with an identity provider of its own, at `/v1`. */
const openHost = async (
  { products, sessionCookie, profileUrl }: Config,
  { jwksUrl, issuer, audience }: NonNullable<Config['issuer']>,
  surroundings: ProductSurroundings,
): Promise<Product[]> => {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: jwksTimeout });
  await keys.reload().catch((error: unknown) => {
    throw jwksFault(error);
  });
  const sessions = jwtSessions({ ...surroundings, keys, issuer, audience });
  return Promise.all(
    products.map(({ policy }) =>
      openProduct({
        ...surroundings,
        name: 'cockpit',
        policy,
        basePath: '/v1',
        profileUrl: profileUrl ?? `${surroundings.publicUrl}/`,
        sessions,
        sessionCookie,
      }),
    ),
  );
};

/** Says it once a minute: whoever opens that many connections does not fill the log too. */
const droppedConnections = (logger: Logger, clock: Clock): (() => void) => {
  let loggedAt = -Infinity;
  return () => {
    if (clock.now() < loggedAt + 60_000) return;
    loggedAt = clock.now();
    logger.warn({}, 'there are MAX_CONNECTIONS connections: more are closed');
  };
};

const madeEncryptionKeys = async ({ dataDir }: Config): Promise<EncryptionKey[]> => {
  const { keys, path, isNew } = await demoEncryptionKeys(dataDir);
  if (isNew) console.log(`Made an encryption key in ${path}: keep it, or what it encrypts is lost.`);
  return keys;
};
