import {
  describeContradiction,
  type HostPolicy,
  type OperationId,
  operations,
  pathsOf,
  policyWarnings,
} from '@ai-cockpit/sdk/contract';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { networkOf } from './values/addresses.js';
import { createChange } from './domain/change.js';
import { rewrapDataKeys } from './domain/data-keys.js';
import { newId } from './domain/ids.js';
import { createKeyCheck } from './domain/key-check.js';
import type { Keyring } from './domain/keyring.js';
import { LocalKeyWrapping } from './adapters/keyring-wrapping.js';
import { deleteOldKeyCreations } from './domain/idempotent-key-creation.js';
import { warnOfExpiry } from './domain/notifications/expiry-warnings.js';
import { createOutbox, deleteOldMail } from './domain/notifications/outbox.js';
import { UnsubscribeLinks } from './domain/notifications/unsubscribe-links.js';
import { createRecurringJobs } from './domain/recurring-jobs.js';
import { createRollReport } from './domain/roll-report.js';
import type { Peppers } from './domain/peppers.js';
import { HostPolicies } from './domain/policy.js';
import { ProblemError } from './domain/problem-error.js';
import { createRejectedCredentials } from './domain/rejected-credentials.js';
import { deleteOldRecords } from './domain/retention.js';
import type { Client } from './routes/forwarding.js';
import { redacted, withoutSecrets } from './domain/secret-guard.js';
import type { Background } from './ports/background.js';
import type { Clock } from './ports/clock.js';
import type { ConcurrencyLimiter } from './ports/concurrency-limiter.js';
import type { ContentEncoding } from './ports/content-encoding.js';
import type { Directory } from './ports/directory.js';
import type { Images } from './ports/images.js';
import type { KeyWrapping } from './ports/key-wrapping.js';
import type { Logger } from './ports/logger.js';
import type { MailServer } from './ports/mail.js';
import type { Random } from './ports/random.js';
import type { RateLimiter } from './ports/rate-limiter.js';
import type { ServiceToken } from './ports/service-token.js';
import type { SessionVerifier } from './ports/sessions.js';
import type { Catalogue } from './providers/catalogue.js';
import { publicPathOf } from './routes/public-path.js';
import { activityHandlers } from './routes/activity.js';
import { administrationHandlers } from './routes/administration.js';
import { apiKeyHandlers } from './routes/api-keys.js';
import type { Handlers } from './routes/handler.js';
import { integrationHandlers } from './routes/integration.js';
import { notificationHandlers } from './routes/notifications.js';
import { openapiDocument } from './routes/openapi-document.js';
import { type AnyHandler, answerWith, errorResponse, type RequestFacts } from './routes/pipeline.js';
import { profileHandlers } from './routes/profile.js';
import { providerTokenHandlers } from './routes/provider-tokens.js';
import type { Store } from './store/store.js';

export interface AppOptions {
  policy: HostPolicy;
  /** The providers that the policy chooses among. */
  catalogue: Catalogue;
  store: Store;
  directory: Directory;
  sessions: SessionVerifier;
  keyring: Keyring;
  /** The key-management service that wraps the data keys of owners; `null` for the keyring. */
  keyWrapping: KeyWrapping | null;
  clock: Clock;
  /** Milliseconds by which the clocks of two machines may be apart. */
  clockTolerance: number;
  random: Random;
  background: Background;
  images: Images;
  /** In which large answers that are the same for everybody may be sent; the smallest first. */
  encodings: readonly ContentEncoding[];
  mail: MailServer;
  logger: Logger;
  /** How often one source may present wrong credentials. */
  wrongCredentials: RateLimiter;
  /** The limit of requests of one caller. */
  requests: RateLimiter;
  /** How many requests are in progress: one for all that one process serves. */
  concurrency: ConcurrencyLimiter;
  /** How many bodies of bytes are received at the same time, of all that one process serves. */
  uploads: ConcurrencyLimiter;
  /** Where the API stands, as `/v1`. */
  basePath: string;
  /**
   * How people reach this server: its origin may write with the session cookie, and whatever address is written begins
   * with its path.
   */
  publicUrl: string;
  /** The host's page with the profile, where mails lead. */
  profileUrl: string;
  /** Other origins whose pages may call. */
  allowedOrigins: readonly string[];
  /** The host's own services. */
  services: readonly ServiceToken[];
  /** The cookie that may hold a session; `null` where sessions come as bearer tokens only. */
  sessionCookie: string | null;
  /** Makes the stored hashes of API keys useless to whoever has only the database. */
  peppers: Peppers;
  /** How many days activity is kept, and a key that has ended. */
  activityRetentionDays: number;
  /** Tells the sender of a request, from the request and the runtime's bindings. */
  clientOf: (request: Request, env: unknown) => Client;
}

export interface App {
  app: Hono<{ Variables: { facts: RequestFacts } }>;
  /** Housekeeping, for every minute or so: forgets what is too old, and takes what was deleted out of the files. */
  sweep: () => Promise<void>;
  /** Sends the mail that is due, for every second or so. */
  deliver: () => Promise<void>;
  /** Begins to send no more mail: the server is about to end. */
  stop: () => void;
}

/** A little less than the time between two calls of `sweep`, so that none of them finds the jobs not yet due. */
const cleanUpEvery = 50_000;
/** A warning that is late by as much is in time. */
const warnEvery = 60 * 60_000;

/** An id of ours has 20 characters, a UUID 36; the shortest key 41. */
const longerThanAnyId = /[\w.~-]{40,}/g;

/** As text, where it is percent-encoded text. */
const decodedPath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** The API of one host: everything in it is web-standard code, so that it runs wherever a `fetch` handler does. */
export const createApp = (options: AppOptions): App => {
  const { store, clock, random, keyring, logger, basePath, publicUrl, profileUrl, clientOf } = options;
  const apiUrl = new URL(publicPathOf(publicUrl) + basePath, publicUrl);
  const { origin, hostname } = new URL(publicUrl);
  const allowedOrigins = new Set([origin, ...options.allowedOrigins]);
  // Each part takes of these what its own type of context names.
  const shared = {
    ...options,
    apiPath: apiUrl.pathname,
    policies: new HostPolicies(options.policy, options.catalogue.keys()),
    keyWrapping: options.keyWrapping ?? new LocalKeyWrapping(keyring, random),
    links: new UnsubscribeLinks(keyring, apiUrl.href, basePath),
    linkOrigins: new Set([...allowedOrigins, new URL(profileUrl).origin]),
    mailDomain: hostname,
    change: createChange(options),
  };
  const outbox = createOutbox(shared);
  const context = { ...shared, outbox };
  for (const warning of policyWarnings(options.policy)) logger.warn({}, `policy: ${describeContradiction(warning)}`);
  const reportRolling = createRollReport(context);
  const handlers: Handlers = {
    ...profileHandlers(context),
    ...providerTokenHandlers(context),
    ...apiKeyHandlers(context),
    ...administrationHandlers(context),
    ...activityHandlers(context),
    ...notificationHandlers(context),
    ...integrationHandlers(context),
  };
  const { keyHeaders } = context.policies;
  const { catalogue } = options;
  const rejectedCredentials = createRejectedCredentials(context);
  const pipeline = {
    ...context,
    checkKey: createKeyCheck(context),
    keyHeaders,
    rejectedCredentials,
    allowedOrigins,
    publicPath: publicPathOf(publicUrl),
  };

  const app = new Hono<{ Variables: { facts: RequestFacts } }>();
  const factsOf = (context: Context): RequestFacts => context.get('facts') as RequestFacts;

  app.use(`${basePath}/*`, async (context, next) => {
    const { source, origin } = clientOf(context.req.raw, context.env);
    const facts: RequestFacts = { requestId: newId(random), source, network: networkOf(source), origin };
    context.set('facts', facts);
    const started = clock.now();
    await next();
    context.header('X-Request-Id', facts.requestId);
    // Clients go by it: their own clock may be wrong.
    context.header('Date', new Date(clock.now()).toUTCString());
    // A page of another person takes nothing of it for theirs. Percent-encoded, as ids are any text.
    if (facts.userId !== undefined) context.header('X-User-Id', encodeURIComponent(facts.userId.toWellFormed()));
    const { method, path } = context.req;
    const { status } = context.res;
    // The path alone, as a query may hold anything; and not even there what is as long as a key or token, which somebody
    // may have put into it; nor, decoded, what turns a line of the log around for whoever reads it.
    const loggedPath = withoutSecrets(catalogue, decodedPath(path))
      .replace(longerThanAnyId, redacted)
      .toWellFormed()
      .replace(/[^\x21-\x7e]+/g, encodeURIComponent);
    logger.info({ requestId: facts.requestId, method, path: loggedPath, status, ms: clock.now() - started }, 'request');
  });
  app.use(
    `${basePath}/*`,
    cors({
      origin: (origin) => (allowedOrigins.has(origin) ? origin : null),
      credentials: true,
      allowMethods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type', 'If-Match', 'Idempotency-Key', 'X-User-Id', ...keyHeaders],
      exposeHeaders: [
        'Date',
        'ETag',
        'Link',
        'Retry-After',
        'X-Request-Id',
        'X-User-Id',
        'RateLimit',
        'RateLimit-Policy',
      ],
      maxAge: 600,
    }),
  );

  app.use(
    `${basePath}/*`,
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const response = errorResponse(new ProblemError('method_not_allowed'), factsOf(context), pipeline);
        // CORS answers OPTIONS at each path.
        response.headers.set('Allow', [...methods, 'OPTIONS'].join(', '));
        return response;
      },
    }),
  );

  for (const [id, operation] of Object.entries(operations)) {
    // The handler belongs to this operation by the type of `handlers`, which a loop over the table loses.
    const handler = handlers[id as OperationId] as unknown as AnyHandler;
    for (const path of pathsOf(operation)) {
      const route = `${basePath}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      app.on(operation.method, route, answerWith(pipeline, operation, handler, factsOf));
    }
  }
  app.get(`${basePath}/openapi.json`, openapiDocument(apiUrl, options.encodings));

  const unknownPath = new ProblemError('not_found', [], undefined, 'There is no operation at this path.');
  app.all(`${basePath}/*`, (context) => errorResponse(unknownPath, factsOf(context), pipeline));
  app.onError((error, context) => errorResponse(error, factsOf(context), pipeline));

  const retentionDays = options.activityRetentionDays;
  const runDueJobs = createRecurringJobs(context, [
    { kind: 'forget_created_secrets', interval: cleanUpEvery, run: () => deleteOldKeyCreations(context) },
    { kind: 'delete_old_records', interval: cleanUpEvery, run: () => deleteOldRecords(context, retentionDays) },
    { kind: 'delete_old_mail', interval: cleanUpEvery, run: () => deleteOldMail(context) },
    {
      kind: 'warn_of_expiry',
      interval: warnEvery,
      isPossible: () => options.mail.ready,
      run: () => warnOfExpiry(context),
    },
  ]);
  const sweep = async (): Promise<void> => {
    rejectedCredentials.addRepetitions();
    try {
      await runDueJobs();
      // By the keys of this process: another one may have others.
      await reportRolling(await rewrapDataKeys(context));
    } finally {
      await store.compact();
    }
  };
  const { deliver, stop } = outbox;
  return { app, sweep, deliver, stop };
};
