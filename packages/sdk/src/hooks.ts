import type { EndpointDefinition } from './contract/operation.js';
import type { OperationId } from './contract/operations.js';

/** One request of a call. Never headers, bodies, ids, queries, secrets or the Idempotency-Key. */
export interface RequestInfo {
  readonly operationId: OperationId;
  readonly method: EndpointDefinition['method'];
  /** The template, as in OpenAPI: `/api-keys/{id}`. */
  readonly path: string;
  /** 1 for the first request of a call; each retry and each replay after a refresh counts one more. 0 before it. */
  readonly attempt: number;
}

export interface ResponseInfo extends RequestInfo {
  readonly status: number;
  /** Milliseconds from sending this request to the end of its answer. */
  readonly duration: number;
  /** The answer's `X-Request-Id`: what to quote to an operator. */
  readonly requestId: string | null;
}

/** A call that failed for good. */
export interface ErrorInfo extends RequestInfo {
  /** The error's `code`; `aborted` where the caller gave up. */
  readonly code: string;
  readonly status: number | null;
  /** Milliseconds over all requests of the call. */
  readonly duration: number;
  readonly requestId: string | null;
}

/** For logs, metrics and traces. A call does not wait for a hook, and does not fail with it. */
export interface Hooks {
  onRequest?: (info: RequestInfo) => void | Promise<void>;
  onResponse?: (info: ResponseInfo) => void | Promise<void>;
  onError?: (info: ErrorInfo) => void | Promise<void>;
}

export const notifyHook = async <T>(hook: ((info: T) => void | Promise<void>) | undefined, info: T): Promise<void> => {
  try {
    await hook?.(info);
  } catch {
    // An error of a hook does not concern the caller.
  }
};
