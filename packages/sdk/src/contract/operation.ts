import type * as z from 'zod/mini';
import type { ProblemCode } from './problem.js';

/** Who is asking: a person's session, an API key, or a host's own service. An operation without callers is public. */
export type Caller = 'user' | 'key' | 'service';

export interface OperationDefinition {
  /** The operationId: unique, and the name by which handlers, hooks and change events know it. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the base URL; parameters in braces, as in OpenAPI. */
  readonly path: `/${string}`;
  readonly callers: readonly Caller[];
  /** Stands a second time below `/organizations/{organizationId}`, there for what the organization owns. */
  readonly owned?: true;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniType;
  /** The status of success. */
  readonly status: 200 | 201 | 202 | 204;
  readonly answer?: z.ZodMiniType;
  /** Replaces or removes a version of a resource: needs `If-Match`. */
  readonly versioned?: true;
  /** Makes a secret: needs an `Idempotency-Key`, and may be repeated safely with it. */
  readonly minting?: true;
  /** What can go wrong beyond what follows from the members above (see `problemsOf`). */
  readonly problems?: readonly ProblemCode[];
}

/** Keeps the literal types of a definition, from which the client's and the server's types follow. */
export const operation = <const T extends OperationDefinition>(definition: T): T => definition;

type ParametersIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never;

/** The parameters in the path of an operation, all opaque strings. */
export type Parameters<T extends OperationDefinition> = Record<ParametersIn<T['path']>, string>;

type Output<T> = T extends z.ZodMiniType ? z.output<T> : undefined;
type Input<T> = T extends z.ZodMiniType ? z.input<T> : undefined;

/** What a caller may send. */
export type BodyInput<T extends OperationDefinition> = Input<T['body']>;
export type QueryInput<T extends OperationDefinition> = Input<T['query']>;
/** What a handler is given: trimmed, normalised, checked. */
export type Body<T extends OperationDefinition> = Output<T['body']>;
export type Query<T extends OperationDefinition> = Output<T['query']>;
/** What a caller is given. */
export type Answer<T extends OperationDefinition> = Output<T['answer']>;
