import ky from 'ky';
import { parseAnswer } from './answer.js';
import { type Authenticate, setSecretHeader } from './authentication.js';
import type { AnyCall, Call } from './call.js';
import type { Changes } from './changes.js';
import { type Answer, type EndpointDefinition, isBytes } from './contract/operation.js';
import { Exchange, type Fetch } from './exchange.js';
import type { Hooks } from './hooks.js';
import { createIdempotencyKey } from './idempotency-key.js';
import { warnOfHeaders } from './answer-headers.js';
import { UnauthenticatedError, UserChangedError } from './errors.js';
import { decoded } from './percent-encoding.js';
import { untilPageExit } from './page-exit.js';
import { isUserChanged } from './refusal.js';
import { type RetryOptions, retryPolicy } from './retry.js';
import { ServerClock } from './server-clock.js';

/** How to reach a server. */
export interface ConnectionOptions {
  /** Where the API stands: absolute, or relative to the page. */
  baseUrl: string;
  /** Instead of the platform's own. Is always given a `Request`, and no second argument. */
  fetch?: Fetch | undefined;
  /** Milliseconds for each call, over all its attempts and the waits between them: 30,000 by default. */
  timeout?: number | undefined;
  retry?: RetryOptions | undefined;
  hooks?: Hooks | undefined;
}

/** A write that the server has confirmed. */
export interface Write {
  operationId: string;
  id: string | null;
  organizationId: string | null;
}

const fill = (path: string, parameters: Record<string, string>) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    // A URL parser takes these for a step up, or for nothing: another resource.
    if (!value || value === '.' || value === '..') throw new TypeError(`Not a possible ${name}`);
    return encodeURIComponent(value);
  });

const headersOf = (
  { minting, answer }: EndpointDefinition,
  { version, idempotencyKey }: AnyCall,
  userId: string | undefined,
) => {
  const types = isBytes(answer) ? answer.mediaTypes : ['application/json'];
  const headers = new Headers({ accept: [...types, 'application/problem+json'].join(', ') });
  // Whom we take the session to be of: a server gives us nothing of another person's, nor them what this one typed.
  if (userId !== undefined) headers.set('x-user-id', encodeURIComponent(userId));
  if (version !== undefined) headers.set('if-match', `"${version}"`);
  if (minting) setSecretHeader(headers, 'idempotency-key', idempotencyKey ?? createIdempotencyKey());
  return headers;
};

/** The resource that a write concerns: the one addressed, or the one that the answer is or holds. */
const subjectOf = ({ id: addressed }: Record<string, string>, answer: unknown) => {
  // Every answer has passed its schema, in which these members are what they are here.
  const { id, apiKey } = (answer ?? {}) as { id?: string; apiKey?: { id: string } };
  return addressed ?? id ?? apiKey?.id ?? null;
};

/** Carries out operations of the contract. */
export class Transport {
  readonly clock: ServerClock;
  readonly #connection: ConnectionOptions;
  readonly #authenticate: Authenticate;
  readonly #changes: Changes | undefined;
  readonly #organizationId: string | null;

  constructor(
    connection: ConnectionOptions,
    authenticate: Authenticate,
    changes?: Changes,
    organizationId: string | null = null,
    clock = new ServerClock(),
  ) {
    this.#connection = connection;
    this.#authenticate = authenticate;
    this.#changes = changes;
    this.#organizationId = organizationId;
    this.clock = clock;
  }

  /** The same, for what an organization owns. */
  in(organizationId: string): Transport {
    return new Transport(this.#connection, this.#authenticate, this.#changes, organizationId, this.clock);
  }

  async request<T extends EndpointDefinition>(operation: T, specificCall: Call<T>): Promise<Answer<T>> {
    const { baseUrl, fetch = (request) => globalThis.fetch(request), hooks = {}, retry = {} } = this.#connection;
    // `Call<T>` says what this operation takes; from here on it is one of many.
    const call = specificCall as AnyCall;
    const { query, body, timeout = this.#connection.timeout ?? 30_000 } = call;
    const signal = operation.confidential ? untilPageExit(call.signal) : call.signal;
    const organizationId = this.#organizationId;
    const parameters = { ...call.parameters, ...(organizationId !== null && { organizationId }) };
    const path =
      organizationId === null ? operation.path : (`/organizations/{organizationId}${operation.path}` as const);
    const changes = this.#changes;
    const userId = changes?.userId;
    const isOfUser = changes?.beginCall();
    const exchange = new Exchange(operation, path, fetch, hooks, this.clock, ({ headers }, route) => {
      const answeredFor = headers.get('x-user-id');
      // Empty where a backend has nobody to name, as on a 401.
      if (answeredFor && isOfUser?.(decoded(answeredFor)) === false) throw new UserChangedError(route);
    });
    try {
      await ky(baseUrl.replace(/\/+$/, '') + fill(path, parameters), {
        method: operation.method,
        headers: headersOf(operation, call, userId),
        ...(query && { searchParams: query }),
        ...(body instanceof Blob ? { body } : body !== undefined && { json: body }),
        ...(signal && { signal }),
        redirect: 'manual',
        timeout: false,
        totalTimeout: timeout,
        retry: retryPolicy(
          operation,
          retry,
          () => exchange.body,
          () => timeout - exchange.duration,
        ),
        // ky always calls it with a `Request`.
        fetch: (request) => this.#authenticate(request as Request, (request) => exchange.send(request)),
      });
      const answer = parseAnswer(operation, exchange.body);
      warnOfHeaders(exchange.body, answer, changes !== undefined);
      if (operation.method !== 'GET') {
        changes?.tell({ operationId: operation.id, id: subjectOf(parameters, answer), organizationId }, userId);
      }
      // Not every `fetch` minds its signal; a secret must not arrive on a page that was left meanwhile.
      if (operation.confidential) signal?.throwIfAborted();
      changes?.resumeSession();
      return answer;
    } catch (error) {
      const failure = exchange.failure(error, signal?.aborted);
      if (isUserChanged(failure)) changes?.leave(userId);
      if (failure instanceof UnauthenticatedError) changes?.endSession();
      throw failure;
    }
  }
}
