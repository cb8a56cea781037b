import { isHTTPError, KyError, TimeoutError as KyTimeoutError } from 'ky';
import { type AnswerBody, readBody } from './answer.js';
import type { Endpoint } from './call.js';
import { ApiError, CockpitError, ContractError, NetworkError, TimeoutError } from './errors.js';
import { type Hooks, notifyHook } from './hooks.js';
import { errorFromAnswer, relevantHeaders } from './error-answer.js';
import type { ServerClock } from './server-clock.js';

export type Fetch = (request: Request) => Response | Promise<Response>;

/** Checks an answer before it is used; throws where it is for another person. */
export type Check = (response: Response, route: string) => void;

const isAbort = (error: unknown): boolean => (error as { name?: unknown } | null)?.name === 'AbortError';

/** The requests and answers of one call. */
export class Exchange {
  /** The body of the last answer. */
  body: AnswerBody = { chunks: [], mediaType: '', url: '', status: 0, headers: new Headers() };
  readonly #about: Pick<Endpoint, 'method' | 'path'> & { readonly operationId: Endpoint['id'] };
  readonly #fetch: Fetch;
  readonly #hooks: Hooks;
  readonly #clock: ServerClock;
  readonly #check: Check;
  readonly #started = performance.now();
  #attempt = 0;

  constructor(
    { id, method }: Endpoint,
    path: `/${string}`,
    fetch: Fetch,
    hooks: Hooks,
    clock: ServerClock,
    check: Check,
  ) {
    this.#about = { operationId: id, method, path };
    this.#fetch = fetch;
    this.#hooks = hooks;
    this.#clock = clock;
    this.#check = check;
  }

  /** Milliseconds since the call began. */
  get duration(): number {
    return performance.now() - this.#started;
  }

  /** Sends one request and reads all of its answer, so that one cut short counts as none and can be asked for again. */
  async send(request: Request): Promise<Response> {
    request.signal.throwIfAborted();
    const fetch = this.#fetch;
    const info = { ...this.#about, attempt: ++this.#attempt };
    const sendTime = performance.now();
    void notifyHook(this.#hooks.onRequest, info);
    try {
      const response = await fetch(request);
      const { status, headers } = response;
      this.#clock.observe(headers, sendTime);
      this.body = await readBody(response, request);
      const requestId = headers.get('x-request-id');
      void notifyHook(this.#hooks.onResponse, { ...info, status, duration: performance.now() - sendTime, requestId });
      // No operation redirects, and a credential follows no redirect. A browser says 0 for one.
      if (status < 200 || (status >= 300 && status < 400))
        throw new ContractError(info.operationId, '', 'no redirect', this.body);
      this.#check(response, this.#route);
      return new Response(null, { status, headers: relevantHeaders(headers, this.#clock.now()) });
    } catch (error) {
      request.signal.throwIfAborted();
      if (error instanceof CockpitError || isAbort(error)) throw error;
      // The class of the error differs by platform and realm: a `TypeError` in browsers and Node, an `Error` of any
      // kind elsewhere.
      throw new NetworkError(this.#route, error);
    }
  }

  /** The error that the call rejects with. */
  failure(error: unknown, aborted = false): unknown {
    const failure = this.#translate(error);
    const { status = null, requestId = null } = failure instanceof ApiError ? failure : {};
    const code = failure instanceof CockpitError ? failure.code : aborted ? 'aborted' : 'unknown';
    const { duration } = this;
    void notifyHook(this.#hooks.onError, { ...this.#about, attempt: this.#attempt, code, status, duration, requestId });
    return failure;
  }

  /** ky's errors hold the request with its secrets, so only copied values leave this method. */
  #translate(error: unknown) {
    if (isHTTPError(error))
      return errorFromAnswer({ operationId: this.#about.operationId, route: this.#route }, error.response, this.body);
    if (error instanceof KyTimeoutError) return new TimeoutError(this.#route);
    // The host's own error from `getAccessToken`, which ky wraps as an error of its request.
    if (error instanceof KyError) return error.cause;
    return error;
  }

  get #route() {
    return `${this.#about.method} ${this.#about.path}`;
  }
}
