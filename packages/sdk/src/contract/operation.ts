import type * as z from 'zod/mini';
import type { ProblemCode } from './endpoints/problem-codes.js';

/**
 * The kind of caller: a person's session, an API key, or a host's own service. An operation without callers is public.
 */
export type Caller = 'user' | 'key' | 'service';

/** A body of bytes instead of JSON, in one of these media types. Both sides handle it as a `Blob` of that type. */
export interface Bytes {
  readonly mediaTypes: readonly string[];
}

/** The kinds of resource that a person changes. */
export type ResourceKind = 'apiKey' | 'notificationSettings' | 'profile' | 'providerToken';

/** The part of an operation that a client needs: its path and its answer. */
export interface EndpointDefinition {
  /** The operationId: unique, and the name by which handlers, hooks and change events know it. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the base URL; parameters in braces, as in OpenAPI. */
  readonly path: `/${string}`;
  /** Also exists below `/organizations/{organizationId}`, for the resources that the organization owns. */
  readonly owned?: true;
  readonly answer?: z.ZodMiniType | Bytes;
  /** The kind of resource that it changes: its change event names it. */
  readonly writes?: ResourceKind;
  /** Replaces or removes a version of a resource: needs `If-Match`. */
  readonly versioned?: true;
  /** Makes a secret: needs an `Idempotency-Key`, and may be repeated safely with it. */
  readonly minting?: true;
  /** Its request or its answer holds a secret: a client aborts the call when the page is left. */
  readonly confidential?: true;
  /** Idempotent by its body: a repeated request has no further effect. */
  readonly repeatable?: true;
}

/** The part of an operation that only a server and the OpenAPI document need. */
export interface Demands {
  readonly callers: readonly Caller[];
  readonly query?: z.ZodMiniObject;
  /** Operations without one take no body, or an empty JSON object. */
  readonly body?: z.ZodMiniType | Bytes;
  /** Takes a body of any type and reads none of it. */
  readonly ignoresBody?: true;
  /** The status of success. */
  readonly status: 200 | 201 | 202 | 204 | 303;
  /** Problem codes besides those that follow from the other members (see `problemsOf`). */
  readonly problems?: readonly ProblemCode[];
}

export interface OperationDefinition extends EndpointDefinition, Demands {}

/** Keeps the literal types of a definition, from which the client's types follow. */
export const endpoint = <const T extends EndpointDefinition>(definition: T): T => definition;

/** The whole of an operation, from which the server's types follow. */
export const operation = <const T extends EndpointDefinition, const D extends Demands>(
  endpoint: T,
  demands: D,
): T & D => ({
  ...endpoint,
  ...demands,
});

export const isBytes = (body: z.ZodMiniType | Bytes | undefined): body is Bytes =>
  body !== undefined && 'mediaTypes' in body;

type ParametersIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never;

/** The parameters in the path of an operation, all opaque strings. */
export type Parameters<T extends EndpointDefinition> = Record<ParametersIn<T['path']>, string>;

type Output<T> = T extends z.ZodMiniType ? z.output<T> : T extends Bytes ? Blob : undefined;

/** The input of a handler: trimmed, normalised, checked. */
export type Body<T extends OperationDefinition> = Output<T['body']>;
export type Query<T extends OperationDefinition> = Output<T['query']>;
/** The answer to a caller. */
export type Answer<T extends EndpointDefinition> = Output<T['answer']>;
