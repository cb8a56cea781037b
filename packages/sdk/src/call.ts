import type { EndpointDefinition, Parameters } from './contract/operation.js';
import type { OperationId } from './contract/operations.js';

/** An operation of the contract, as far as a client needs it. */
export interface Endpoint extends EndpointDefinition {
  readonly id: OperationId;
}

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds over all attempts, in place of the client's. */
  timeout?: number | undefined;
}

/** Options of a call that needs `If-Match`. */
export interface VersionOptions extends CallOptions {
  /** The version of the resource that was read. If the server has another one by now, it changes nothing. */
  version: number;
}

type When<Condition, Member> = Condition extends true ? Member : unknown;
type Has<T, Key extends 'versioned' | 'minting'> = T extends Record<Key, true> ? true : false;

/** The arguments of an operation. Each resource's methods type the query and the body by the contract. */
export type Call<T extends Endpoint> = Pick<AnyCall, 'query' | 'body'> &
  CallOptions &
  When<keyof Parameters<T> extends never ? false : true, { parameters: Parameters<T> }> &
  When<Has<T, 'versioned'>, { version: number }> &
  When<Has<T, 'minting'>, { idempotencyKey?: string | undefined }>;

/** A call of any operation. */
export interface AnyCall extends CallOptions {
  parameters?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  version?: number;
  idempotencyKey?: string;
}
