import * as z from 'zod/mini';
import { credentialFaults } from '../input/credential.js';
import { openEnum } from './values.js';

/**
 * Every code that a problem can have, with its HTTP status. Translations hang on these: a closed set within a
 * contract version, though a client survives a code it does not know.
 */
export const problemStatus = {
  malformed: 400,
  cursor_invalid: 400,
  credentials_conflict: 400,
  idempotency_key_required: 400,
  unauthenticated: 401,
  session_expired: 401,
  /** Reserved: no operation asks for a stronger sign-in yet. */
  step_up_required: 401,
  forbidden: 403,
  not_offered: 403,
  field_not_editable: 403,
  module_not_allowed: 403,
  origin_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  limit_reached: 409,
  already_rotated: 409,
  not_active: 409,
  not_revoked: 409,
  credential_broken: 409,
  idempotency_in_flight: 409,
  /** The session is not of the person that `X-User-Id` names. */
  user_changed: 409,
  version_stale: 412,
  too_large: 413,
  media_type_unsupported: 415,
  invalid: 422,
  idempotency_mismatch: 422,
  version_required: 428,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** What can be wrong with one field. A closed set, like the problem codes. */
export const fieldErrorCodes = [
  'required',
  'unknown',
  'type',
  'format',
  'too_short',
  'too_long',
  'characters',
  'not_offered',
  'not_editable',
  'duplicate',
  'not_in_future',
  'beyond_maximum',
  'conflicting',
  'secret_required',
  'looks_like_secret',
  ...credentialFaults,
] as const;

export type FieldErrorCode = (typeof fieldErrorCodes)[number];

export const FieldError = z.object({
  /** Where in the request, joined by dots: `values.token`. Empty for the body as a whole. */
  path: z.string(),
  code: openEnum(fieldErrorCodes),
  /** For the log and the developer. People are shown a translation of the code; of a host's own code, this. */
  message: z.optional(z.string()),
});
export type FieldError = z.output<typeof FieldError>;

/** RFC 9457, `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  /** What a host has to say beyond the code: people are shown it below the text for that. */
  detail: z.optional(z.string()),
  /** A `ProblemCode`, or one of a later contract. */
  code: z.string(),
  /** The `X-Request-Id` of the answer: what to quote to an operator. */
  requestId: z.optional(z.string()),
  errors: z.optional(z.array(FieldError)),
});
export type Problem = z.output<typeof Problem>;
