import * as z from 'zod/mini';
import { fieldErrorCodes } from './problem-codes.js';
import { openEnum } from './values.js';

/** An error of one member of a request. */
export const FieldError = z.object({
  /**
   * The path in the request, joined by dots: `values.token`, `events.0`. Empty for the body as a whole. Of a query, the
   * parameter.
   */
  path: z.string(),
  /** One of the closed set of field codes. People are shown a translation of it. */
  code: openEnum(fieldErrorCodes),
  /**
   * In English, for the log and the developer. Never a value that was sent. People are shown it where the code is one of
   * a host’s own.
   */
  message: z.optional(z.string()),
});
export type FieldError = z.output<typeof FieldError>;

/** The body of every error: RFC 9457, `application/problem+json`. */
export const Problem = z.object({
  /** `urn:ai-cockpit:problem:` and the code. */
  type: z.string(),
  /** The code in English words. */
  title: z.string(),
  /** The HTTP status, once more. */
  status: z.number(),
  /** More about this occurrence, in English. People are shown it below the text for the code. */
  detail: z.optional(z.string()),
  /** The code that clients act on. People are shown a translation of it. */
  code: z.string(),
  /** The `X-Request-Id` of the answer: quote it to an operator. */
  requestId: z.optional(z.string()),
  /** Errors of fields: one entry a path, at most 50, with `invalid`, `malformed` and `field_not_editable`. */
  errors: z.optional(z.array(FieldError)),
  /** How many more there are than `errors` lists; absent where it lists all. */
  omittedErrors: z.optional(z.number()),
});
export type Problem = z.output<typeof Problem>;
