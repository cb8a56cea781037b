import * as z from 'zod/mini';
import { fieldErrorCodes } from './problem-codes.js';
import { openEnum } from './values.js';

/** What is wrong with one member of a request. */
export const FieldError = z.object({
  /**
   * Where in the request, joined by dots: `values.token`, `events.0`. Empty for the body as a whole. Of a query, the
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

/** What every error is: RFC 9457, `application/problem+json`. */
export const Problem = z.object({
  /** `urn:ai-cockpit:problem:` and the code. */
  type: z.string(),
  /** The code in English words. */
  title: z.string(),
  /** The HTTP status, once more. */
  status: z.number(),
  /** More about this occurrence, in English. People are shown it below the text for the code. */
  detail: z.optional(z.string()),
  /** What clients go by. People are shown a translation of it. */
  code: z.string(),
  /** The `X-Request-Id` of the answer: what to quote to an operator. */
  requestId: z.optional(z.string()),
  /** Where fields are at fault: one entry a path, at most 50, with `invalid`, `malformed` and `field_not_editable`. */
  errors: z.optional(z.array(FieldError)),
  /** How many more there are than `errors` lists; absent where it lists all. */
  omittedErrors: z.optional(z.number()),
});
export type Problem = z.output<typeof Problem>;
