import ky, { isHTTPError, TimeoutError as KyTimeoutError } from 'ky';
import { parseAnswer, readBody } from './answer.js';
import type { AnyCall, Call } from './call.js';
import type { Answer, OperationDefinition } from './contract/operation.js';
import { ApiError, CockpitError, ContractError, NetworkError, TimeoutError } from './errors.js';
import { type Hooks, tell } from './hooks.js';
import { createIdempotencyKey } from './idempotency-key.js';
import { apiError } from './refusal.js';
import { type RetryOptions, retryPolicy } from './retry.js';
import { type Authenticate, setSecretHeader } from './session.js';

/** How to reach a server. */
export interface ConnectionOptions {
  /** Where the API stands: absolute, or relative to the page. */
  baseUrl: string;
  /** Instead of the platform's own. Is always given a `Request`, and no second argument. */
  fetch?: ((request: Request) => Response | Promise<Response>) | undefined;
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

const headersOf = ({ minting }: OperationDefinition, { version, idempotencyKey }: AnyCall) => {
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
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

/** Carries out operations of the contract: the one place where requests are made and failures are given their types. */
export class Transport {
  readonly #connection: ConnectionOptions;
  readonly #authenticate: Authenticate;
  readonly #onWrite: ((write: Write) => void) | undefined;
  readonly #organizationId: string | null;

  constructor(
    connection: ConnectionOptions,
    authenticate: Authenticate,
    onWrite?: (write: Write) => void,
    organizationId: string | null = null,
  ) {
    this.#connection = connection;
    this.#authenticate = authenticate;
    this.#onWrite = onWrite;
    this.#organizationId = organizationId;
  }

  /** The same, for what an organization owns. */
  in(organizationId: string): Transport {
    return new Transport(this.#connection, this.#authenticate, this.#onWrite, organizationId);
  }

  async request<T extends OperationDefinition>(operation: T, specificCall: Call<T>): Promise<Answer<T>> {
    const { fetch = (request) => globalThis.fetch(request), hooks = {}, retry = {}, ...connection } = this.#connection;
    // `Call<T>` says what this operation takes; from here on it is one of many.
    const call = specificCall as AnyCall;
    const timeout = call.timeout ?? connection.timeout ?? 30_000;
    const organizationId = this.#organizationId;
    const parameters = { ...call.parameters, ...(organizationId !== null && { organizationId }) };

    const { id: operationId, method } = operation;
    const path = (organizationId === null ? '' : '/organizations/{organizationId}') + operation.path;
    const route = `${method} ${path}`;

    const started = performance.now();
    const elapsed = (since = started) => performance.now() - since;
    const about = () => ({ operationId, method, path, attempt });
    let attempt = 0;
    let body = '';

    /** One request and all of its answer, so that an answer cut short counts as none and can be asked for again. */
    const send = async (request: Request) => {
      request.signal.throwIfAborted();
      attempt += 1;
      const sent = performance.now();
      void tell(hooks.onRequest, about());
      try {
        const response = await fetch(request);
        const { status, headers } = response;
        body = await readBody(response);
        void tell(hooks.onResponse, {
          ...about(),
          status,
          duration: elapsed(sent),
          requestId: headers.get('x-request-id'),
        });
        // No operation redirects, and a credential follows no redirect: a browser then says 0.
        if (status < 200 || (status >= 300 && status < 400)) throw new ContractError(operationId, '');
        return new Response(null, { status, headers });
      } catch (error) {
        request.signal.throwIfAborted();
        throw error instanceof TypeError ? new NetworkError(route, error) : error;
      }
    };

    /** ky's errors hold the request, secrets and all: only what is copied here leaves. */
    const translate = (error: unknown) => {
      if (isHTTPError(error)) return apiError(route, error.response, body);
      if (error instanceof KyTimeoutError) return new TimeoutError(route);
      return error;
    };

    try {
      await ky(connection.baseUrl.replace(/\/+$/, '') + fill(path, parameters), {
        method,
        headers: headersOf(operation, call),
        ...(call.query && { searchParams: call.query }),
        ...(call.body !== undefined && { json: call.body }),
        ...(call.signal && { signal: call.signal }),
        redirect: 'manual',
        timeout: false,
        totalTimeout: timeout,
        retry: retryPolicy(
          operation,
          retry,
          () => body,
          () => timeout - elapsed(),
        ),
        // ky always calls it with a `Request`.
        fetch: (request) => this.#authenticate(request as Request, send),
      });
      const answer = parseAnswer(operation, body);
      if (method !== 'GET') this.#onWrite?.({ operationId, id: subjectOf(parameters, answer), organizationId });
      return answer;
    } catch (error) {
      const failure = translate(error);
      const { status = null, requestId = null } = failure instanceof ApiError ? failure : {};
      const code = failure instanceof CockpitError ? failure.code : call.signal?.aborted ? 'aborted' : 'unknown';
      void tell(hooks.onError, { ...about(), code, status, duration: elapsed(), requestId });
      throw failure;
    }
  }
}
