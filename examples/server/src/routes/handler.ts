import type { Body, OperationDefinition, OperationId, Operations, Parameters, Query } from '@ai-cockpit/sdk/contract';
import type { User } from '../domain/access.js';
import type { Actor } from '../domain/activity.js';
import type { PresentedKey } from '../domain/key-check.js';
import type { FieldError } from '../domain/problem-error.js';
import type { Reply } from './reply.js';

interface CallerKinds {
  user: { user: User };
  key: { key: PresentedKey };
  service: { service: string };
}

/** A request whose sender is known and whose body has not been read. */
export interface AuthorizedRequest<T extends OperationDefinition> {
  caller: CallerKinds[T['callers'][number]];
  actor: Actor;
  params: Parameters<T>;
  /** Of an owned operation below its organization. */
  organizationId: string | undefined;
  /** The address without its query. */
  path: string;
  /** Aborted when the client goes away. A change that has begun is finished all the same: the client may ask again. */
  signal: AbortSignal;
}

/** The request's input, checked against the contract. */
export interface Input<T extends OperationDefinition> {
  body: Body<T>;
  query: Query<T>;
  /** Of a versioned operation: the version that the caller knows, and that the found one has. */
  version: number;
  /** Of a minting one. */
  idempotencyKey: string;
}

/** The binary body that an operation accepts. */
export interface AcceptedBytes {
  mediaTypes: readonly string[];
  maxBytes: number;
  /** Makes of what was sent what it is to be kept as, or refuses it. */
  read: (sent: Blob) => Promise<Blob>;
}

/** The second half of a handler. */
export interface Step<T extends OperationDefinition> {
  /** Of what was found, where the operation is versioned. */
  version?: number;
  /** Where the body is bytes. */
  bytes?: AcceptedBytes;
  /** The members of the input that this caller may not change. */
  uneditable?(members: string[]): FieldError[];
  act(input: Input<T>): Reply<T> | Promise<Reply<T>>;
}

/**
 * Answers one operation in two steps, since what a caller may not know of, and what they may not do, is said before
 * anything is said of what they sent. The first finds and permits; the second acts.
 */
export type Handler<T extends OperationDefinition> = (request: AuthorizedRequest<T>) => Step<T> | Promise<Step<T>>;

/** One for each operation of the contract: a missing one is a type error. */
export type Handlers = { [K in OperationId]: Handler<Operations[K]> };

export type HandlersOf<K extends OperationId> = Pick<Handlers, K>;
