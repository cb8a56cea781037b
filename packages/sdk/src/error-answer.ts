import { type AnswerBody, answerText } from './answer.js';
import type { Problem } from './contract/endpoints/problem.js';
import type { OperationId } from './contract/operations.js';
import { warnDeveloper } from './developer-warnings.js';
import {
  ApiError,
  BadRequestError,
  CockpitError,
  ConflictError,
  ContractError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  RateLimitedError,
  type ErrorAnswer,
  ServerError,
  UnauthenticatedError,
  VersionRequiredError,
  VersionStaleError,
} from './errors.js';
import { readProblem } from './problem.js';

const byStatus: Record<number, readonly [typeof ApiError, ErrorAnswer['fallbackCode']]> = {
  400: [BadRequestError, 'malformed'],
  401: [UnauthenticatedError, 'unauthenticated'],
  403: [ForbiddenError, 'forbidden'],
  404: [NotFoundError, 'not_found'],
  409: [ConflictError, 'unknown'],
  412: [VersionStaleError, 'version_stale'],
  413: [ApiError, 'too_large'],
  422: [InvalidError, 'invalid'],
  428: [VersionRequiredError, 'version_required'],
  429: [RateLimitedError, 'rate_limited'],
  503: [ServerError, 'unavailable'],
};

/**
 * The headers that ky may read: `Retry-After` in seconds, also where it was a date. ky would compare a date, and
 * headers that are not in the contract, with the computer's clock.
 *
 * @param now By the server's clock.
 */
export const relevantHeaders = (headers: Headers, now: number): Headers => {
  const relevant = new Headers();
  const requestId = headers.get('x-request-id');
  if (requestId !== null) relevant.set('x-request-id', requestId);
  const value = headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  if (!Number.isNaN(seconds)) relevant.set('retry-after', `${Math.max(0, seconds)}`);
  return relevant;
};

/** Reads `Retry-After`, in seconds. */
export const retryAfterSeconds = (headers: Headers): number | null => {
  const value = headers.get('retry-after');
  return value === null ? null : Number(value);
};

/** Statuses of any server for an unknown address; only a cockpit API sends them with a problem. */
const unknownAddressStatuses = [404, 405, 410];
/** Statuses that a proxy may send without a problem while the server works. */
const proxyStatuses = [401, 407, 408, 413, 429];

/** The problem in an answer; `null` where that is something else. */
export const problemIn = (answer: AnswerBody, status: number): Problem | null => {
  const hasMeaning =
    answer.mediaType.startsWith('application/problem+json') && !unknownAddressStatuses.includes(status);
  return readProblem(answerText(answer), status, hasMeaning ? errorClass(status)[1] : undefined);
};

const errorClass = (status: number) =>
  byStatus[status] ?? ([status < 500 ? ApiError : ServerError, status < 500 ? 'unknown' : 'internal'] as const);

/** The error to throw for an error answer. */
export const errorFromAnswer = (
  { operationId, route }: { readonly operationId: OperationId; readonly route: string },
  { status, headers }: Response,
  answer: AnswerBody,
): ApiError | ContractError => {
  const problem = problemIn(answer, status);
  if (!problem && unknownAddressStatuses.includes(status))
    return new ContractError(operationId, '', 'a problem with a code', { ...answer, status });
  if (!problem && status < 500 && !proxyStatuses.includes(status))
    warnDeveloper(
      `${answer.url} answered ${operationId} with ${status} and no problem of the contract (application/problem+json with a code)`,
      `${operationId} ${status}`,
    );
  const retryAfter = retryAfterSeconds(headers);
  if (problem && status === 429 && retryAfter === null)
    warnDeveloper(`${answer.url} sends no Retry-After with 429, or does not list it in Access-Control-Expose-Headers`);
  const [ErrorClass, fallbackCode] = errorClass(status);
  const requestId = headers.get('x-request-id') ?? problem?.requestId ?? null;
  return new ErrorClass({ route, status, fallbackCode, problem, requestId, retryAfter });
};

/** Whether the session belongs to another person than the request. */
export const isUserChanged = (error: unknown): boolean =>
  error instanceof CockpitError && error.code === 'user_changed';
