import { isHTTPError, type RetryOptions as KyRetryOptions } from 'ky';
import type { EndpointDefinition } from './contract/operation.js';
import { NetworkError } from './errors.js';
import type { AnswerBody } from './answer.js';
import { problemIn, retryAfterSeconds } from './error-answer.js';

export interface RetryOptions {
  /** How often to try again: 2 by default, 0 for never. */
  limit?: number;
  /**
   * The longest wait before trying again, in milliseconds: 10,000 by default. If `Retry-After` asks for more, the
   * call is not repeated: the error says how long to wait.
   */
  maxDelay?: number;
}

const statusCodes = [408, 409, 429, ...Array.from({ length: 100 }, (_, index) => 500 + index)];

/**
 * A read changes nothing; creating a key again under the same Idempotency-Key gives the same key; a `repeatable`
 * request is idempotent by its body. Every other request is sent once.
 */
const isRepeatable = ({ method, minting, repeatable }: EndpointDefinition) => method === 'GET' || minting || repeatable;

export const retryPolicy = (
  operation: EndpointDefinition,
  { limit = 2, maxDelay = 10_000 }: RetryOptions,
  lastAnswer: () => AnswerBody,
  /** Milliseconds left to the call. */
  remaining: () => number,
): KyRetryOptions => ({
  limit: isRepeatable(operation) ? limit : 0,
  methods: [operation.method.toLowerCase()],
  statusCodes,
  afterStatusCodes: statusCodes,
  jitter: true,
  backoffLimit: maxDelay,
  maxRetryAfter: maxDelay,
  shouldRetry: ({ error }) => {
    if (error instanceof NetworkError) return true;
    if (!isHTTPError(error)) return false;
    const { status, headers } = error.response;
    if (status === 409 && problemIn(lastAnswer(), status)?.code !== 'idempotency_in_flight') return false;
    const wait = (retryAfterSeconds(headers) ?? 0) * 1000;
    // With `undefined`, ky decides by the status and by `Retry-After`.
    return wait <= Math.min(maxDelay, remaining()) ? undefined : false;
  },
});
