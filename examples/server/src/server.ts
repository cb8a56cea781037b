import { createRemoteJWKSet } from 'jose';
import type { Config, EncryptionKey } from './config.js';
import { openDemo } from './demo/demo.js';
import { demoEncryptionKeys } from './demo/keys.js';
import { jwtSessions } from './jwt-sessions.js';
import { Background } from './ports/background.js';
import { type Clock, systemClock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';
import { systemRandom } from './ports/random.js';
import { createRoot } from './root.js';
import { originOf, type Serving, serve } from './serve.js';
import { openSystem, type System, type SystemSurroundings } from './systems.js';

export interface RunningServer extends Serving {
  systems: System[];
  background: Background;
}

const sweepEvery = 60_000;

/** Everything that the configuration asks for, served. */
export const startServer = async (
  config: Config,
  logger: Logger,
  clock: Clock = systemClock,
): Promise<RunningServer> => {
  const background = new Background(logger);
  const surroundings: SystemSurroundings = {
    publicUrl: config.publicUrl ?? originOf(config.host, config.port),
    allowedOrigins: config.allowedOrigins,
    encryptionKeys: config.encryptionKeys ?? (await madeEncryptionKeys(config)),
    pepper: config.pepper,
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    clock,
    logger,
    background,
  };

  const { issuer } = config;
  const { systems, addTo } = issuer
    ? { systems: await openHost(config, issuer, surroundings), addTo: () => {} }
    : await openDemo(config, surroundings);
  const stores = systems.map(({ store }) => store);
  const root = createRoot(stores, systemRandom, logger);
  for (const { app } of systems) root.route('/', app);
  addTo(root);

  const serving = await serve(root, config.host, config.port);
  const timer = setInterval(() => {
    for (const { sweep } of systems) background.run(sweep);
  }, sweepEvery);
  timer.unref();

  const close = async (): Promise<void> => {
    clearInterval(timer);
    await serving.close();
    await background.settled();
    await Promise.all(stores.map((store) => store.close()));
  };
  return { systems, background, origin: serving.origin, close };
};

/** A host with an identity provider of its own, at `/v1`. */
const openHost = (
  { systems, sessionCookie }: Config,
  { jwksUrl, issuer, audience }: NonNullable<Config['issuer']>,
  surroundings: SystemSurroundings,
): Promise<System[]> => {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 5000 });
  const sessions = jwtSessions({ keys, issuer, audience, clock: surroundings.clock });
  return Promise.all(
    systems.map(({ policy }) =>
      openSystem({ ...surroundings, name: 'cockpit', policy, basePath: '/v1', sessions, sessionCookie }),
    ),
  );
};

const madeEncryptionKeys = async ({ dataDir }: Config): Promise<EncryptionKey[]> => {
  const { keys, path, isNew } = await demoEncryptionKeys(dataDir);
  if (isNew) console.log(`Made an encryption key in ${path}: keep it, or what it encrypts is lost.`);
  return keys;
};
