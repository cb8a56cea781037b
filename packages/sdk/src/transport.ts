import ky from 'ky';
import { parseAnswer } from './answer.js';
import { type Authenticate, setSecretHeader } from './authentication.js';
import type { AnyCall, Call, Endpoint } from './call.js';
import type { ChangeBus } from './change-bus.js';
import { type Answer, isBytes } from './contract/operation.js';
import { Exchange, type Fetch } from './exchange.js';
import type { Hooks } from './hooks.js';
import { createIdempotencyKey } from './idempotency-key.js';
import { warnOfHeaders } from './answer-headers.js';
import { UnauthenticatedError, UserChangedError } from './errors.js';
import { decoded } from './percent-encoding.js';
import { untilPageExit } from './page-exit.js';
import { isUserChanged } from './error-answer.js';
import { type RetryOptions, retryPolicy } from './retry.js';
import { ServerClock } from './server-clock.js';
import type { SessionUser } from './session-user.js';

/** How to reach a server. */
export interface ConnectionOptions {
  /** The base URL of the API: absolute, or relative to the page. */
  baseUrl: string;
  /** Replaces the platform's `fetch`. It always gets a `Request`, and no second argument. */
  fetch?: Fetch | undefined;
  /** Milliseconds for each call, over all its attempts and the waits between them: 30,000 by default. */
  timeout?: number | undefined;
  retry?: RetryOptions | undefined;
  hooks?: Hooks | undefined;
}

/** The parts of a client that follow who is signed in. A client without a person's session has none. */
interface UserContext {
  readonly user: SessionUser;
  readonly bus: ChangeBus;
}

const fillPath = (path: string, parameters: Record<string, string>) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    // A URL parser resolves these to another resource.
    if (!value || value === '.' || value === '..') throw new TypeError(`Not a possible ${name}`);
    return encodeURIComponent(value);
  });

const requestHeaders = (
  { minting, answer }: Endpoint,
  { version, idempotencyKey }: AnyCall,
  userId: string | undefined,
) => {
  const types = isBytes(answer) ? answer.mediaTypes : ['application/json'];
  const headers = new Headers({ accept: [...types, 'application/problem+json'].join(', ') });
  // The person whose session this client takes it to be: the server refuses a request for another.
  if (userId !== undefined) headers.set('x-user-id', encodeURIComponent(userId));
  if (version !== undefined) headers.set('if-match', `"${version}"`);
  if (minting) setSecretHeader(headers, 'idempotency-key', idempotencyKey ?? createIdempotencyKey());
  return headers;
};

/** The id of the resource that a write changed: the one in the path, or the one that the answer is or holds. */
const changedId = ({ id: pathId }: Record<string, string>, answer: unknown) => {
  // The cast is safe: every answer has passed its schema, where these members have these types.
  const { id, apiKey } = (answer ?? {}) as { id?: string; apiKey?: { id: string } };
  return pathId ?? id ?? apiKey?.id ?? null;
};

/** Carries out operations of the contract. */
export class Transport {
  readonly clock: ServerClock;
  readonly #connection: ConnectionOptions;
  readonly #authenticate: Authenticate;
  readonly #userContext: UserContext | undefined;
  readonly #organizationId: string | null;

  constructor(
    connection: ConnectionOptions,
    authenticate: Authenticate,
    userContext?: UserContext,
    organizationId: string | null = null,
    clock = new ServerClock(),
  ) {
    this.#connection = connection;
    this.#authenticate = authenticate;
    this.#userContext = userContext;
    this.#organizationId = organizationId;
    this.clock = clock;
  }

  /** The same transport, for the resources that an organization owns. */
  forOrganization(organizationId: string): Transport {
    return new Transport(this.#connection, this.#authenticate, this.#userContext, organizationId, this.clock);
  }

  async request<T extends Endpoint>(operation: T, specificCall: Call<T>): Promise<Answer<T>> {
    const { baseUrl, fetch = (request) => globalThis.fetch(request), hooks = {}, retry = {} } = this.#connection;
    // The cast widens `Call<T>`, which has the members of this operation only.
    const call = specificCall as AnyCall;
    const { query, body, timeout = this.#connection.timeout ?? 30_000 } = call;
    const signal = operation.confidential ? untilPageExit(call.signal) : call.signal;
    const organizationId = this.#organizationId;
    const parameters = { ...call.parameters, ...(organizationId !== null && { organizationId }) };
    const path =
      organizationId === null ? operation.path : (`/organizations/{organizationId}${operation.path}` as const);
    const { user, bus } = this.#userContext ?? {};
    const userId = user?.id;
    const isOfUser = user?.beginCall();
    const exchange = new Exchange(operation, path, fetch, hooks, this.clock, ({ headers }, route) => {
      const answeredFor = headers.get('x-user-id');
      // Empty if a backend has no person to name, as with a 401.
      if (answeredFor && isOfUser?.(decoded(answeredFor)) === false) throw new UserChangedError(route);
    });
    try {
      await ky(baseUrl.replace(/\/+$/, '') + fillPath(path, parameters), {
        method: operation.method,
        headers: requestHeaders(operation, call, userId),
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
      warnOfHeaders(exchange.body, answer, user !== undefined);
      const { id: operationId, writes: resource } = operation;
      // A write of a person who has signed out since does not concern this page.
      if (resource && (userId === undefined || userId === user?.id))
        bus?.publish({ operationId, resource, id: changedId(parameters, answer), organizationId });
      // An injected `fetch` may ignore its signal, and a secret must not arrive on a page that was left meanwhile.
      if (operation.confidential) signal?.throwIfAborted();
      user?.resumeSession();
      return answer;
    } catch (error) {
      const failure = exchange.failure(error, signal?.aborted);
      if (isUserChanged(failure)) user?.clearUser(userId);
      if (failure instanceof UnauthenticatedError) user?.endSession();
      throw failure;
    }
  }
}
