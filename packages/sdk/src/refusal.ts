import { Problem } from './contract/endpoints/problem.js';
import {
  ApiError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  RateLimitedError,
  type Refusal,
  ServerError,
  UnauthenticatedError,
  VersionRequiredError,
  VersionStaleError,
} from './errors.js';

const byStatus: Record<number, readonly [typeof ApiError, Refusal['fallbackCode']]> = {
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
 * What is read of an answer's headers from here on: `Retry-After` in seconds, also where it is a date. ky would compare
 * that, and headers that are not of the contract, with the computer's clock.
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

/** Seconds. */
export const retryAfterOf = (headers: Headers): number | null => {
  const value = headers.get('retry-after');
  return value === null ? null : Number(value);
};

/** The problem in an answer's body; `null` where that is something else, or contradicts the status it came with. */
export const problemIn = (body: string, status: number): Problem | null => {
  try {
    const { data } = Problem.safeParse(JSON.parse(body));
    return data?.status === status ? data : null;
  } catch {
    return null;
  }
};

export const apiError = (route: string, { status, headers }: Response, body: string): ApiError => {
  const [ErrorClass, fallbackCode] =
    byStatus[status] ?? (status < 500 ? [ApiError, 'unknown'] : [ServerError, 'internal']);
  const problem = problemIn(body, status);
  const requestId = headers.get('x-request-id') ?? problem?.requestId ?? null;
  return new ErrorClass({ route, status, fallbackCode, problem, requestId, retryAfter: retryAfterOf(headers) });
};

/** The session is not of the person whom the request was for. */
export const isUserChanged = (error: unknown): boolean => error instanceof ApiError && error.code === 'user_changed';
