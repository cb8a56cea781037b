import type { OperationId } from './contract/operations.js';
import type { ResourceKind } from './contract/operation.js';

/** A write that the server has confirmed. */
export interface Write {
  operationId: OperationId;
  /** The kind of resource that it changed. */
  resource: ResourceKind;
  id: string | null;
  organizationId: string | null;
}

/** Dispatched after a successful write, here or in another tab of the same person. */
export class ChangeEvent extends Event {
  readonly operationId: OperationId;
  /** The kind of resource written to. */
  readonly resource: ResourceKind;
  /** The id of the resource. */
  readonly id: string | null;
  /** The organization that owns it; `null` for a person's own. */
  readonly organizationId: string | null;
  /** Whether it was another client: a tab, or a second client in this one. */
  readonly remote: boolean;

  constructor({ operationId, resource, id, organizationId }: Write, remote: boolean) {
    super('change');
    this.operationId = operationId;
    this.resource = resource;
    this.id = id;
    this.organizationId = organizationId;
    this.remote = remote;
  }
}

type ChangeListener = (event: ChangeEvent) => void;
type UserListener = (event: Event) => void;
type SessionListener = (event: Event) => void;

/**
 * Dispatches a `ChangeEvent` after each successful write. An event of type `user` says that the session now belongs to
 * another person: drop whatever was read for the former one. An event of type `session` says that a call has succeeded
 * after another was refused because the session had expired: somebody has signed in again.
 */
export interface ChangeTarget extends EventTarget {
  addEventListener(type: 'change', listener: ChangeListener, options?: AddEventListenerOptions | boolean): void;
  addEventListener(type: 'user', listener: UserListener, options?: AddEventListenerOptions | boolean): void;
  addEventListener(type: 'session', listener: SessionListener, options?: AddEventListenerOptions | boolean): void;
  addEventListener(...parameters: Parameters<EventTarget['addEventListener']>): void;
  removeEventListener(type: 'change', listener: ChangeListener, options?: EventListenerOptions | boolean): void;
  removeEventListener(type: 'user', listener: UserListener, options?: EventListenerOptions | boolean): void;
  removeEventListener(type: 'session', listener: SessionListener, options?: EventListenerOptions | boolean): void;
  removeEventListener(...parameters: Parameters<EventTarget['removeEventListener']>): void;
}
