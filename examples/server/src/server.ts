import { presets } from '@ai-cockpit/sdk/presets';
import { createLocalJWKSet, createRemoteJWKSet } from 'jose';
import type { Config, EncryptionKey } from './config.js';
import { demoEncryptionKeys, demoSigningKey } from './demo/keys.js';
import { addPages } from './demo/pages.js';
import { fillDirectory } from './demo/people.js';
import { addDemoSessions, demoIssuer, sessionCookieOf } from './demo/sessions.js';
import { jwtSessions } from './jwt-sessions.js';
import { Background } from './ports/background.js';
import { type Clock, systemClock } from './ports/clock.js';
import type { Logger } from './ports/logger.js';
import { systemRandom } from './ports/random.js';
import { createRoot } from './root.js';
import { type Serving, serve } from './serve.js';
import { openSystem, type System, type SystemOptions } from './systems.js';

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
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const { allowedOrigins, pepper, databaseUrl, dataDir } = config;
  const encryptionKeys = config.encryptionKeys ?? (await madeEncryptionKeys(config));
  const shared = { publicUrl, allowedOrigins, pepper, databaseUrl, dataDir, encryptionKeys, clock, logger, background };

  const systems = config.issuer ? [await hostSystem(config, shared)] : await demoSystems(config, shared);
  const root = createRoot(
    systems.map(({ store }) => store),
    systemRandom,
    logger,
  );
  for (const { app } of systems) root.route('/', app);
  if (!config.issuer) await addDemo(root, config, systems, clock, publicUrl);

  const serving = await serve(root, config.host, config.port);
  const timer = setInterval(() => {
    for (const { sweep } of systems) background.run(sweep);
  }, sweepEvery);
  timer.unref();

  return {
    systems,
    background,
    origin: serving.origin,
    close: async () => {
      clearInterval(timer);
      await serving.close();
      await background.settled();
      await Promise.all(systems.map(({ store }) => store.close()));
    },
  };
};

type Shared = Pick<
  SystemOptions,
  | 'publicUrl'
  | 'allowedOrigins'
  | 'pepper'
  | 'databaseUrl'
  | 'dataDir'
  | 'encryptionKeys'
  | 'clock'
  | 'logger'
  | 'background'
>;

/** A host with an identity provider of its own, at `/v1`. */
const hostSystem = ({ issuer, policy, sessionCookie }: Config, shared: Shared): Promise<System> => {
  if (!issuer || !policy) throw new Error('The configuration of a host is not whole');
  const keys = createRemoteJWKSet(new URL(issuer.jwksUrl), { timeoutDuration: 5000 });
  return openSystem({
    ...shared,
    name: 'cockpit',
    policy: policy.policy,
    basePath: '/v1',
    sessions: jwtSessions({ keys, issuer: issuer.issuer, audience: issuer.audience, clock: shared.clock }),
    sessionCookie,
  });
};

/** Every preset, and the configured policy, each at `/{name}/v1` with a store of its own. */
const demoSystems = async ({ policy }: Config, shared: Shared): Promise<System[]> => {
  const { publicJwk } = await demoSigningKey(shared.dataDir);
  const keys = createLocalJWKSet({ keys: [publicJwk] });
  const policies = new Map(Object.entries(presets));
  if (policy) policies.set(policy.name, policy.policy);
  return Promise.all(
    [...policies].map(async ([name, hostPolicy]) => {
      const system = await openSystem({
        ...shared,
        name,
        policy: hostPolicy,
        basePath: `/${name}/v1`,
        sessions: jwtSessions({ keys, issuer: demoIssuer, audience: name, clock: shared.clock }),
        sessionCookie: sessionCookieOf(name),
      });
      await fillDirectory(system.store);
      return system;
    }),
  );
};

const addDemo = async (
  root: ReturnType<typeof createRoot>,
  { dataDir, hostPages }: Config,
  systems: readonly System[],
  clock: Clock,
  publicUrl: string,
): Promise<void> => {
  const key = await demoSigningKey(dataDir);
  const secure = publicUrl.startsWith('https:');
  for (const { name } of systems) addDemoSessions(root, { system: name, key, clock, secure });
  if (hostPages) addPages(root, hostPages);
};

const madeEncryptionKeys = async ({ dataDir }: Config): Promise<EncryptionKey[]> => {
  const { keys, path, isNew } = await demoEncryptionKeys(dataDir);
  if (isNew) console.log(`Made an encryption key in ${path}: keep it, or what it encrypts is lost.`);
  return keys;
};
