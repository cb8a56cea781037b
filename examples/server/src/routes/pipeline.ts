import { isBytes, type OperationDefinition, type OperationId } from '@ai-cockpit/sdk/contract';
import type { Context } from 'hono';
import { getPath } from 'hono/utils/url';
import * as z from 'zod/mini';
import type { Actor } from '../domain/activity.js';
import { type FieldError, throwFieldErrors, ProblemError } from '../domain/problem-error.js';
import { looksLikeSecret, secretErrorsIn, withoutSecretPaths, withoutSecrets } from '../domain/secret-guard.js';
import type { Logger } from '../ports/logger.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { ConcurrencyLimiter, Slot } from '../ports/concurrency-limiter.js';
import type { RateLimiter } from '../ports/rate-limiter.js';
import { isStoreUnavailable } from '../store/store.js';
import { prototypePaths, readBlob, readJson, readUndeclaredBody } from './body.js';
import {
  type Caller,
  type CallersContext,
  identifyCaller,
  LimitReached,
  senderOf,
  refuseKeyInQuery,
  refuseKeyInSearch,
} from './callers.js';
import { fieldErrorsOf } from './field-errors.js';
import type { AuthorizedRequest, Handler, Input, Step } from './handler.js';
import { limitHeaders } from './limit-headers.js';
import { problemResponse } from './problems.js';
import type { AnyReply } from './reply.js';
import { replyResponse } from './reply-response.js';

export interface Pipeline extends CallersContext {
  /** The limit of requests of one caller. */
  requests: RateLimiter;
  /** How many requests are in progress. */
  concurrency: ConcurrencyLimiter;
  /** How many bodies of bytes are received at the same time: each is in memory as a whole. */
  uploads: ConcurrencyLimiter;
  /** Origins of pages that may write with a session cookie. */
  allowedOrigins: ReadonlySet<string>;
  /** The path prefix that clients see before a request's path, as `/tools/cockpit`; empty for none. */
  publicPath: string;
  logger: Logger;
}

/** Facts about a request that the server adds. */
export interface RequestFacts {
  requestId: string;
  /** The network address it came from. */
  source: string;
  /** The part of the source that limits count by. */
  network: string;
  /** This host's, as the client asked for it. */
  origin: string;
  /** The signed-in person's id, once authenticated; sent as `X-User-Id` with every answer. */
  userId?: string;
}

/** The handler of some operation, whichever: the pipeline treats them all alike. */
export type AnyHandler = Handler<OperationDefinition>;

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const actorOf = (caller: Caller, facts: RequestFacts): Actor => {
  if ('user' in caller) return { kind: 'user', id: caller.user.id, name: caller.user.name, ...facts };
  if ('key' in caller) return { kind: 'key', id: caller.key.id, name: caller.key.name, ...facts };
  if ('service' in caller) return { kind: 'service', id: caller.service, name: caller.service, ...facts };
  return { kind: 'none', id: null, name: null, ...facts };
};

/**
 * A browser sends the session cookie with whatever page makes it ask. Only the pages of this very host, and those
 * allowed, may make it write; what says nothing of an origin is no browser, or one that tells by `Sec-Fetch-Site`.
 */
const refuseForeignPage = (request: Request, caller: Caller, own: string, allowed: ReadonlySet<string>): void => {
  if (!('byCookie' in caller) || !caller.byCookie || request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.get('Origin');
  const site = request.headers.get('Sec-Fetch-Site') ?? 'none';
  const isAllowed = origin === null ? site === 'same-origin' || site === 'none' : allowed.has(origin) || origin === own;
  if (!isAllowed) throw new ProblemError('origin_not_allowed');
};

/** Percent-encoded, as clients differ in what they encode; nothing where it is not so. */
const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** A page goes on showing whom it was made for after somebody else has signed in: neither gets what is the other's. */
const refuseAnotherUser = (request: Request, caller: Caller): void => {
  const expected = request.headers.get('X-User-Id');
  if (expected !== null && 'user' in caller && decoded(expected) !== caller.user.id)
    throw new ProblemError('user_changed');
};

const isSearch = ({ query, callers }: OperationDefinition, name: string): boolean =>
  name === 'q' && query !== undefined && 'q' in query.shape && callers.includes('user');

/** A search may hold anything, and is kept nowhere. */
const secretParameters = (catalogue: Catalogue, search: URLSearchParams): FieldError[] =>
  [...search]
    .filter(([name, value]) => name !== 'q' && looksLikeSecret(catalogue, value))
    .map(([path]) => ({ path, code: 'looks_like_secret' }));

const readQuery = (catalogue: Catalogue, operation: OperationDefinition, search: URLSearchParams): unknown => {
  const sent = [...search];
  const query = Object.fromEntries(sent);
  const repeated = sent.length !== new Set(search.keys()).size;
  const secrets = operation.callers.length > 0 ? secretParameters(catalogue, search) : [];
  if (!operation.query) {
    if (sent.length)
      throw new ProblemError(
        'malformed',
        merged(
          secrets,
          [...new Set(search.keys())].map((path) => ({ path, code: 'unknown' })),
        ),
      );
    return undefined;
  }
  for (const [name, text] of sent) if (isSearch(operation, name)) refuseKeyInSearch(text);
  const parsed = operation.query.safeParse(query);
  if (repeated || secrets.length || !parsed.success)
    throw new ProblemError('malformed', merged(secrets, fieldErrorsOf(parsed.error?.issues ?? [], query)));
  return parsed.data;
};

const readIdempotencyKey = (operation: OperationDefinition, request: Request): string => {
  const key = request.headers.get('Idempotency-Key') ?? '';
  if (operation.minting && !uuidV4.test(key)) throw new ProblemError('idempotency_key_required');
  return key;
};

/**
 * The version that an entity tag names. A proxy that compresses an answer marks its tag: nginx makes it weak, Apache adds
 * a suffix. The version stays the same (decision 30).
 */
const versionIn = (tag: string): string | undefined =>
  /^(?:W\/)?"(\d{1,15})(?:-(?:gzip|br|zstd|deflate))?"$/.exec(tag)?.[1];

/** The version found, once it is sure that the caller knows it. */
const matchVersion = (operation: OperationDefinition, step: Step<OperationDefinition>, request: Request): number => {
  if (!operation.versioned) return 0;
  if (step.version === undefined) throw new Error(`${operation.id} found nothing that has a version`);
  const known = request.headers.get('If-Match');
  if (known === null) throw new ProblemError('version_required');
  const current = String(step.version);
  const isCurrent = known.split(',').some((tag) => tag.trim() === '*' || versionIn(tag.trim()) === current);
  if (!isCurrent) throw new ProblemError('version_stale');
  return step.version;
};

/** More than one caller's requests in progress can make necessary. A change that still meets others is 412. */
const mostAttempts = 100;

/**
 * Acts on the version that was found. Where another request changes the resource between the two, it is found again: with
 * `*`, or a list that names the new version too, the change is made to that one; else the version is stale.
 */
const actOnVersion = async (
  operation: OperationDefinition,
  first: Step<OperationDefinition>,
  find: () => Step<OperationDefinition> | Promise<Step<OperationDefinition>>,
  request: Request,
  input: Omit<Input<OperationDefinition>, 'version'>,
): Promise<AnyReply> => {
  let attempt = 1;
  for (let step = first; ; step = await find()) {
    const version = matchVersion(operation, step, request);
    try {
      return await step.act({ ...input, version });
    } catch (error) {
      const isStale = error instanceof ProblemError && error.code === 'version_stale';
      if (!operation.versioned || !isStale || attempt === mostAttempts) throw error;
      attempt++;
    }
  }
};

const hasBody = ({ method, ignoresBody }: OperationDefinition): boolean => method !== 'GET' && !ignoresBody;

/** @param acquireUpload Waits until one more body of bytes may be in memory. */
const readBody = async (
  operation: OperationDefinition,
  { bytes }: Step<OperationDefinition>,
  request: Request,
  acquireUpload: () => Promise<Slot>,
): Promise<unknown> => {
  const { id, body } = operation;
  if (!body) return readUndeclaredBody(request);
  if (!isBytes(body)) return readJson(request);
  if (!bytes) throw new Error(`${id} takes bytes, and does not say which`);
  const upload = await acquireUpload();
  try {
    return await readBlob(request, bytes);
  } finally {
    upload.release();
  }
};

/** The body of an operation that declares none. */
const noMembers = z.strictObject({});

/** Of two errors at one path, the first: that a value is a secret matters more than its form. */
const merged = (secrets: readonly FieldError[], others: readonly FieldError[]): FieldError[] => [
  ...secrets,
  ...others.filter(({ path }) => !secrets.some((secret) => secret.path === path)),
];

/** Operations that check their texts with everything else, so that all errors of a form are answered at once. */
const checkingTexts: ReadonlySet<string> = new Set<OperationId>(['createProviderToken', 'updateProviderToken']);
const textsOfTokens = new Set(['name', 'code', 'description']);

const checkBody = (catalogue: Catalogue, operation: OperationDefinition, json: unknown): unknown => {
  if (!hasBody(operation) || isBytes(operation.body)) return json;
  const body = operation.body ?? noMembers;
  const prototypes = prototypePaths(json);
  if (prototypes.length)
    throw new ProblemError(
      'invalid',
      prototypes.map((path) => ({ path, code: 'unknown' })),
    );
  const parsed = body.safeParse(json);
  const secrets = secretErrorsIn(catalogue, json);
  if (!parsed.success) throw new ProblemError('invalid', merged(secrets, fieldErrorsOf(parsed.error.issues, json)));
  throwFieldErrors(secrets.filter(({ path }) => !checkingTexts.has(operation.id) || !textsOfTokens.has(path)));
  return parsed.data;
};

const membersOf = (json: unknown): string[] =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : [];

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** The path by which clients asked, encoded: a proxy in between may have taken its beginning off. */
const pathForClients = ({ req }: Context, { pathname }: URL, publicPath: string): string =>
  getPath(req.raw) === req.path ? publicPath + pathname : pathname;

/**
 * Takes a request through the contract's order of checks: 401, then whether it comes too often, from a foreign page or
 * for somebody else, 404, 403, 400 / 413 / 415, 428, 412, 422, 409.
 */
const answerTo = async (
  pipeline: Pipeline,
  operation: OperationDefinition,
  handler: AnyHandler,
  context: Context,
  facts: RequestFacts,
  slot: Slot,
): Promise<Response> => {
  const { catalogue, requests, uploads, allowedOrigins, publicPath } = pipeline;
  const request = context.req.raw;
  const url = new URL(request.url);
  // A mail's link has no other place for what it says.
  if (operation.callers.length > 0) refuseKeyInQuery(url.searchParams, (name) => isSearch(operation, name));
  const caller = await identifyCaller(pipeline, request.headers, operation.callers, facts, slot.outside);
  if ('user' in caller) facts.userId = caller.user.id;
  const actor = actorOf(caller, facts);
  const sender = `${actor.kind} ${actor.id ?? facts.network}`;
  const allowance = await requests.take(sender);
  if (!allowance.allowed) throw new LimitReached(allowance);
  await slot.assignTo(sender);
  refuseForeignPage(request, caller, facts.origin, allowedOrigins);
  refuseAnotherUser(request, caller);

  const { organizationId, ...params } = context.req.param();
  // No id has one, and PostgreSQL takes no text that does.
  if (Object.values(context.req.param()).some((value) => value.includes('\0'))) throw new ProblemError('not_found');
  // The caller is of a kind that the operation takes, and the path has the operation's parameters: made sure of above
  // and by the route.
  const authorized = {
    caller,
    actor,
    params,
    organizationId,
    path: context.req.path,
    // Made when a handler reads it: most do not.
    get signal() {
      return request.signal;
    },
  } as AuthorizedRequest<OperationDefinition>;
  const step = await handler(authorized);

  const query = readQuery(catalogue, operation, url.searchParams);
  const acquireUpload = () => uploads.acquire(sender, facts.network);
  const sent = hasBody(operation)
    ? await slot.outside(() => readBody(operation, step, request, acquireUpload))
    : undefined;
  const idempotencyKey = readIdempotencyKey(operation, request);
  const uneditable = step.uneditable?.(membersOf(sent)) ?? [];
  if (uneditable.length) throw new ProblemError('field_not_editable', uneditable);
  matchVersion(operation, step, request);
  const body = checkBody(catalogue, operation, sent);

  // Checked against the operation's own schemas a moment ago.
  const input = { body, query, idempotencyKey } as Omit<Input<OperationDefinition>, 'version'>;
  const reply = await actOnVersion(operation, step, () => handler(authorized), request, input);
  return replyResponse(reply, {
    status: operation.status,
    path: pathForClients(context, url, publicPath),
    search: url.searchParams,
    headers: {
      'Cache-Control': 'no-store',
      'X-Request-Id': facts.requestId,
      'X-Content-Type-Options': 'nosniff',
      ...limitHeaders(allowance),
    },
  });
};

/** The answer to an error: its code if the contract has it, otherwise as little as possible. */
export const errorResponse = (
  error: unknown,
  { requestId }: RequestFacts,
  { catalogue, logger }: Pick<Pipeline, 'catalogue' | 'logger'>,
): Response => {
  if (error instanceof ProblemError) {
    const { code, fieldErrors, detail, retryAfterSeconds } = error;
    const headers: Record<string, string> =
      retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
    return problemResponse(code, requestId, {
      fieldErrors: withoutSecretPaths(catalogue, fieldErrors),
      detail,
      headers,
    });
  }
  if (error instanceof LimitReached)
    return problemResponse('rate_limited', requestId, { headers: limitHeaders(error.allowance) });
  logger.error({ requestId, ...describe(error, catalogue) }, 'a request failed');
  return isStoreUnavailable(error)
    ? problemResponse('unavailable', requestId, { headers: { 'Retry-After': '2' } })
    : problemResponse('internal', requestId);
};

/** Enough to find the error's cause. Its other members are left out: a database driver puts values there. */
const describe = (error: unknown, catalogue: Catalogue): object => {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: error.name,
    code: member(error, 'code'),
    message: withoutSecrets(catalogue, error.message),
    stack: withoutSecrets(catalogue, error.stack ?? ''),
  };
};

export const answerWith =
  (
    pipeline: Pipeline,
    operation: OperationDefinition & { id: OperationId },
    handler: AnyHandler,
    factsOf: (context: Context) => RequestFacts,
  ) =>
  async (context: Context): Promise<Response> => {
    const facts = factsOf(context);
    let slot: Slot | undefined;
    try {
      const sender = senderOf(pipeline, context.req.raw.headers, facts);
      slot = await pipeline.concurrency.acquire(sender, facts.network);
      return await answerTo(pipeline, operation, handler, context, facts, slot);
    } catch (error) {
      const { signal } = context.req.raw;
      // The client is gone: no failure of the server's, and nobody reads the answer.
      const isAborted = signal.aborted && error === signal.reason;
      return errorResponse(isAborted ? new ProblemError('malformed') : error, facts, pipeline);
    } finally {
      slot?.release();
    }
  };
