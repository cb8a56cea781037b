/**
 * Every code that a problem can have, with its HTTP status. Translations depend on these codes: the set is closed
 * within a contract version. A client still handles an unknown code.
 */
export const problemStatus = {
  /**
   * The body is no JSON, is nested too deeply, or the query has an unknown, repeated or wrong parameter (then `errors`
   * names it).
   */
  malformed: 400,
  /** The `cursor` was not made for this list, owner, search and sort: start again without one. */
  cursor_invalid: 400,
  /**
   * Two different credentials: an API key in a header of its own, and another value in a second such header or as
   * bearer.
   */
  credentials_conflict: 400,
  /** `Idempotency-Key` is missing, or no UUID of version 4. */
  idempotency_key_required: 400,
  /**
   * No credential, a wrong one, or one of a kind that this operation does not take. One answer for all reasons. Of a
   * header whose value cannot be a credential, such as one in quotation marks, `detail` says why.
   */
  unauthenticated: 401,
  /** The session was right and has ended: sign in again. */
  session_expired: 401,
  /** Reserved: no operation asks for a stronger sign-in yet. */
  step_up_required: 401,
  /** The person’s role in the organization does not allow it. */
  forbidden: 403,
  /**
   * The policy does not offer this to this person or to this kind of owner: the section is `null`, or belongs to the
   * other kind of owner.
   */
  not_offered: 403,
  /** The policy does not let this person change the fields that `errors` names. Nothing was changed. */
  field_not_editable: 403,
  /** The API key is restricted to another module. */
  module_not_allowed: 403,
  /** A write by cookie that does not come from a page of this host: see the cookie’s security scheme. */
  origin_not_allowed: 403,
  /** The resource does not exist, or the caller may not know of it: both answers are the same. */
  not_found: 404,
  /** There is no such operation at this path; `Allow` lists the methods. */
  method_not_allowed: 405,
  /**
   * The owner has as many usable keys as the policy allows; or has 10,000 keys, revoked and expired ones included, or
   * 10,000 provider tokens, which no policy raises.
   */
  limit_reached: 409,
  /** Reserved: no operation rotates keys yet. */
  already_rotated: 409,
  /** Reserved: no operation rotates keys yet. */
  not_active: 409,
  /** The policy wants a key revoked before it is deleted, and this one is active. */
  not_revoked: 409,
  /** There are tokens of this provider, and none of them works. */
  credential_broken: 409,
  /** A request with this `Idempotency-Key` is being worked on: repeat it after `Retry-After`. */
  idempotency_in_flight: 409,
  /**
   * `X-User-Id` names another person than the session’s: somebody else has signed in. Nothing was read or changed. A
   * page drops what it shows.
   */
  user_changed: 409,
  /** `If-Match` names another version than the present one: somebody has changed or deleted it. Read it again. */
  version_stale: 412,
  /** The body is over 64 KiB; or a picture has more bytes or pixels than the policy allows. */
  too_large: 413,
  /** The body is not of a media type that the operation takes, or its content is not what the media type says. */
  media_type_unsupported: 415,
  /** The body was read and is not right: `errors` says where and why. Unknown members are an error. */
  invalid: 422,
  /** This caller has used the `Idempotency-Key` for another operation, owner or body. */
  idempotency_mismatch: 422,
  /** `If-Match` is missing. */
  version_required: 428,
  /** Too many requests, or too many wrong credentials from one address: wait for `Retry-After` seconds. */
  rate_limited: 429,
  /** The server failed. Quote `requestId` to an operator. */
  internal: 500,
  /** The server cannot answer now: repeat after `Retry-After` seconds what is safe to repeat. */
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** The errors of one field. A closed set, like the problem codes. */
export const fieldErrorCodes = [
  /** Missing, or empty where it may not be. */
  'required',
  /** Not a member of this request. */
  'unknown',
  /** Of another type. */
  'type',
  /** Not of the right form. */
  'format',
  /** Shorter than allowed. */
  'too_short',
  /** Longer than allowed. */
  'too_long',
  /** Has characters that are not allowed: control characters, or those that override the direction of text. */
  'characters',
  /** Not among what the policy offers. */
  'not_offered',
  /** Not to be changed by this person. */
  'not_editable',
  /** Taken by another one of the same owner. */
  'duplicate',
  /** Not after now; of a date, not after today in UTC. */
  'not_in_future',
  /** Above the greatest number, or after the latest instant, that is allowed. */
  'beyond_maximum',
  /** Does not go together with another member. */
  'conflicting',
  /** Changes where a secret is sent: the secret has to be entered again. */
  'secret_required',
  /** Looks like a secret, in a field that everybody may read. */
  'looks_like_secret',
  /** A credential with quotation marks, back-ticks or angle brackets around it. */
  'quoted',
  /** A credential with the name of a header or variable before it: `X-API-KEY: …`, `TOKEN=…`. */
  'labelled',
  /** A credential with the word of an authentication scheme before it: `Bearer …`. */
  'scheme',
  /** A credential of which a part is hidden or left out: `••••1234`, `abcd…wxyz`. */
  'masked',
  /** A credential with white space inside. */
  'white_space',
  /** A credential with an invisible character inside. */
  'invisible',
  /** A credential with a character outside ASCII, as a Cyrillic letter that looks like a Latin one. */
  'not_ascii',
] as const;

export type FieldErrorCode = (typeof fieldErrorCodes)[number];
