/** The parameters in the paths of operations. */
export const pathParameters = {
  /** The `id` of the API key or provider token, as the list has it. */
  id: {},
  /** The organization that owns what is asked for: one of the profile’s `organizations`. Another one is 404. */
  organizationId: {},
} as const;

/** The headers of requests that operations go by, beside the credentials. */
export const requestHeaders = {
  /**
   * The person whose session the page expects: the `id` of the profile, percent-encoded. A server compares it with
   * the person of the session, on reads and writes, right after the credentials; another person is 409 `user_changed`.
   * Without this check, a change of session in another tab lets one person’s input overwrite another’s. Both profiles
   * begin with version 1, so `If-Match` does not tell them apart. The first request of a page has no such header.
   */
  'X-User-Id': { type: 'string' },
  /**
   * The `ETag` that the change was made from, with its quotation marks: `"3"`. `*` stands for any version. Missing is 428
   * `version_required`, another one 412 `version_stale`.
   */
  'If-Match': { type: 'string' },
  /**
   * A UUID of version 4, a new one for each key to create; letter case does not matter. Treat it as a secret:
   * together with the session, it gives the value of the key again. Keep it out of logs.
   */
  'Idempotency-Key': { type: 'string', format: 'uuid' },
} as const;

/** The headers of answers. A script of another origin reads only those that are exposed (CORS). */
export const answerHeaders = {
  /** The id to quote to an operator. On every answer. */
  'X-Request-Id': { type: 'string' },
  /** The server’s time. A client compares expiry with it, as a person’s own clock may be wrong. */
  Date: { type: 'string' },
  /**
   * The person whose session was answered: the `id` of the profile, percent-encoded. On every answer to a session; a
   * client that finds another person there drops the answer.
   */
  'X-User-Id': { type: 'string' },
  /** Always `no-store`. */
  'Cache-Control': { type: 'string' },
  /** The version in quotation marks, `"3"`: what `If-Match` takes. */
  ETag: { type: 'string' },
  /** The next page, `<…>; rel="next"`; absent on the last one. */
  Link: { type: 'string' },
  /** The address to continue at. */
  Location: { type: 'string' },
  /** Seconds after which to ask again. */
  'Retry-After': { type: 'integer' },
  /** The remaining requests, and the seconds that they are for: `"default";r=5999;t=60`. */
  RateLimit: { type: 'string' },
  /** The allowance, and the seconds that it is for: `"default";q=6000;w=60`. */
  'RateLimit-Policy': { type: 'string' },
  /** The same for every reason. */
  'WWW-Authenticate': { type: 'string' },
} as const;

/** How a caller authenticates. */
export const credentials = {
  /** A session’s JWT; or, for operations that take one, an API key or the token of a service. */
  bearer: {},
  /**
   * A session; each host names its own cookie. A write by cookie is taken only from a page of the API’s own origin or
   * of an allowed one, by `Origin`; without that header, by `Sec-Fetch-Site`, where it is sent, being `same-origin` or
   * `none`. Anything else is 403 `origin_not_allowed`. Where a bearer token comes too, it wins.
   */
  sessionCookie: {},
  /**
   * An API key. The header that the policy names is read too. In two headers, or beside a bearer token, the values have
   * to be the same; else 400 `credentials_conflict`. A key in the query is 401.
   */
  apiKey: {},
} as const;
