import type { FieldError, Problem } from './contract/endpoints/problem.js';
import type { ProblemCode } from './contract/endpoints/problem-codes.js';
import type { OperationId } from './contract/operations.js';

/**
 * The base class of all errors of this package. Only an aborted call rejects with another error: the signal's reason.
 */
export class CockpitError extends Error {
  override readonly name: string = 'CockpitError';
  /** Stable: translations depend on it. `message` is for developers. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** An error answer, without anything of the request's content. */
export interface ErrorAnswer {
  /** The method and the path's template. */
  readonly route: string;
  readonly status: number;
  /** The code where the answer holds no problem: a proxy's, say. */
  readonly fallbackCode: ProblemCode | 'unknown';
  readonly problem: Problem | null;
  readonly requestId: string | null;
  readonly retryAfter: number | null;
}

const namedFields = 5;

/**
 * `name is too long`. Contains neither the server's words, which may repeat a value, nor a name as long as a key or
 * token. Somebody may have sent one as a member's name.
 */
const describeFieldError = ({ path, code }: FieldError): string => {
  const words = /^[a-z_]{1,40}$/.test(code) ? code.replaceAll('_', ' ') : '';
  const completesIs =
    /^(not|too|required|unknown|duplicate|beyond|conflicting|quoted|labelled|masked|invisible)\b/.test(words);
  const name = path === '' ? 'the body' : /^[\w.-]{1,40}$/.test(path) ? path : 'a member';
  return `${name} is ${completesIs ? words : `invalid${words && `: ${words}`}`}`;
};

/** The fields with errors, as the end of a message; empty if none are named. */
const describeFieldErrors = (errors: readonly FieldError[] = []): string => {
  if (errors.length === 0) return '';
  const more = errors.length - namedFields;
  return `: ${errors.slice(0, namedFields).map(describeFieldError).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** An error answer of the server. */
export class ApiError extends CockpitError {
  override readonly name: string = 'ApiError';
  readonly status: number;
  /** The id to quote to an operator; `null` where the answer did not come from the server itself. */
  readonly requestId: string | null;
  /** `null` where the answer is not a problem of the contract, but a proxy's page, say. */
  readonly problem: Problem | null;
  /** Seconds after which the server asks to be called again, where it does. */
  readonly retryAfter: number | null;

  constructor({ route, status, fallbackCode, problem, requestId, retryAfter }: ErrorAnswer) {
    super(problem?.code ?? fallbackCode, `${route} answered ${status}${describeFieldErrors(problem?.errors)}`);
    this.status = status;
    this.problem = problem;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

export class BadRequestError extends ApiError {
  override readonly name = 'BadRequestError';
}

/** No session, or one that has ended and could not be refreshed. */
export class UnauthenticatedError extends ApiError {
  override readonly name = 'UnauthenticatedError';
}

export class ForbiddenError extends ApiError {
  override readonly name = 'ForbiddenError';
}

export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError';
}

export class ConflictError extends ApiError {
  override readonly name = 'ConflictError';
}

/** Somebody else has changed the resource meanwhile: read it again. */
export class VersionStaleError extends ApiError {
  override readonly name = 'VersionStaleError';
}

export class InvalidError extends ApiError {
  override readonly name = 'InvalidError';

  /** The fields with errors. */
  get errors(): readonly FieldError[] {
    return this.problem?.errors ?? [];
  }
}

export class VersionRequiredError extends ApiError {
  override readonly name = 'VersionRequiredError';
}

export class RateLimitedError extends ApiError {
  override readonly name = 'RateLimitedError';
}

export class ServerError extends ApiError {
  override readonly name = 'ServerError';
}

/** No answer: offline, refused, cut off, or forbidden by CORS or CSP. */
export class NetworkError extends CockpitError {
  override readonly name = 'NetworkError';

  constructor(route: string, cause: unknown) {
    super('network', `${route} got no answer`, { cause });
  }
}

/** The call's `timeout`, which spans all its attempts, ran out. */
export class TimeoutError extends CockpitError {
  override readonly name = 'TimeoutError';

  constructor(route: string) {
    super('timeout', `${route} took too long`);
  }
}

/** The answer is for another person than the request: the session has changed, and the server did not check that. */
export class UserChangedError extends CockpitError {
  override readonly name = 'UserChangedError';

  constructor(route: string) {
    super('user_changed', `${route} was answered for another person`);
  }
}

/** The message of an answer that does not fit the contract. */
export const misfitText = (operationId: OperationId, path: string, expected: string): string =>
  `The answer to ${operationId} does not fit the contract${path && ` at ${path}`}: expected ${expected}`;

/** An answer that is not from a cockpit API. */
export interface ForeignAnswer {
  /** Without its query. */
  readonly url: string;
  /** 0 for a redirect in a browser, which says no more of it. */
  readonly status: number;
  readonly mediaType: string;
}

/** The page was left before a call that carries a secret had its answer. The server may have done what was asked. */
export class PageLeftError extends CockpitError {
  override readonly name = 'PageLeftError';

  constructor() {
    super('page_left', 'The page was left before the answer came');
  }
}

/** The answer is not of the contract's shape: a server has a fault, or something else answers at that address. */
export class ContractError extends CockpitError {
  override readonly name = 'ContractError';
  readonly operationId: OperationId;
  /** Where in the answer, joined by dots; empty for all of it. Never the value there. */
  readonly path: string;
  /** The expected type, form or set of values. */
  readonly expected: string;
  /** The URL, where no cockpit API answers there; `null` where only a part of the answer is wrong. */
  readonly url: string | null;

  constructor(operationId: OperationId, path: string, expected: string, foreign?: ForeignAnswer) {
    super(
      'contract',
      foreign
        ? `There is no cockpit API at ${foreign.url}: ${operationId} expected ${expected} and got ${foreign.status || 'a redirect'} ${foreign.mediaType}`.trimEnd()
        : misfitText(operationId, path, expected),
    );
    this.operationId = operationId;
    this.path = path;
    this.expected = expected;
    this.url = foreign?.url ?? null;
  }
}
