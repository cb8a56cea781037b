import { type Problem, type ProblemCode, problemStatus } from '@ai-cockpit/sdk/contract';
import type { FieldError } from '../domain/problem-error.js';
import { fieldErrorMessages } from './field-errors.js';

const titles: Record<ProblemCode, string> = {
  malformed: 'The request could not be read',
  cursor_invalid: 'The cursor does not belong to this list',
  credentials_conflict: 'Two different credentials were sent',
  idempotency_key_required: 'An Idempotency-Key header (UUID version 4) is required',
  unauthenticated: 'A valid credential of the right kind is required',
  session_expired: 'The session has expired',
  step_up_required: 'A stronger sign-in is required',
  forbidden: 'Your role does not allow this',
  not_offered: 'This is not offered here',
  field_not_editable: 'You are not allowed to edit a field',
  module_not_allowed: 'The key is restricted to another module',
  origin_not_allowed: 'Requests from this origin are not allowed',
  not_found: 'Not found',
  method_not_allowed: 'The method is not allowed here',
  limit_reached: 'The limit has been reached',
  already_rotated: 'The key has already been rotated',
  not_active: 'The key is not active',
  not_revoked: 'The key must be revoked first',
  credential_broken: 'The credential no longer works',
  user_changed: 'Another user is signed in now',
  idempotency_in_flight: 'The same request is still being processed',
  version_stale: 'The resource was changed in the meantime',
  too_large: 'The request is too large',
  media_type_unsupported: 'The media type is not supported, or the body does not match it',
  invalid: 'The request is not valid',
  idempotency_mismatch: 'The Idempotency-Key was used for another request',
  version_required: 'If-Match is required',
  rate_limited: 'Too many requests',
  internal: 'Something went wrong',
  unavailable: 'The service is not available right now',
};

/** The most field errors in one answer: a request may have thousands. */
const mostErrors = 50;
const longestPath = 300;

const errorsOf = (fieldErrors: readonly FieldError[]): Pick<Problem, 'errors' | 'omittedErrors'> => ({
  ...(fieldErrors.length && {
    errors: fieldErrors.slice(0, mostErrors).map(({ path, code }) => ({
      path: path.length > longestPath ? `${path.slice(0, longestPath)}…`.toWellFormed() : path,
      code,
      message: fieldErrorMessages[code],
    })),
  }),
  ...(fieldErrors.length > mostErrors && { omittedErrors: fieldErrors.length - mostErrors }),
});

interface Particulars {
  fieldErrors?: readonly FieldError[];
  detail?: string | undefined;
  headers?: Record<string, string>;
}

/** The one place where errors are written. */
export const problemResponse = (
  code: ProblemCode,
  requestId: string,
  { fieldErrors = [], detail, headers = {} }: Particulars = {},
): Response => {
  const status = problemStatus[code];
  const problem: Problem = {
    type: `urn:ai-cockpit:problem:${code}`,
    title: titles[code],
    status,
    ...(detail !== undefined && { detail }),
    code,
    requestId,
    ...errorsOf(fieldErrors),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'X-Request-Id': requestId,
      'X-Content-Type-Options': 'nosniff',
      // The rest of the body would block the next request on this connection.
      ...(status === 413 && { Connection: 'close' }),
      // One shape whatever the reason.
      ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="ai-cockpit"' }),
      ...headers,
    },
  });
};
