import type { ChangeEvent, Cockpit } from '@ai-cockpit/sdk';
import { shareFrom, stopSharing } from '../connection/shared-clients.js';

export interface ClientListeners {
  /** A write has succeeded, here or in another tab. */
  readonly change: (change: ChangeEvent) => void;
  /** The session is another person's now. */
  readonly user: () => void;
  /** A call has succeeded again after the session had expired. */
  readonly session: () => void;
}

const types = ['change', 'user', 'session'] as const;

/** Listens to one client at a time, and shares the data that all elements on that client read once. */
export class ClientSubscription {
  readonly #listeners: ClientListeners;
  #client: Cockpit | undefined;

  constructor(listeners: ClientListeners) {
    this.#listeners = listeners;
  }

  /** Listens to this client instead of the previous one, or to none. */
  to(client: Cockpit | undefined): void {
    const previous = this.#client;
    if (client === previous) return;
    this.#client = client;
    if (client) shareFrom(client);
    if (previous) stopSharing(previous);
    for (const type of types) {
      // Each type has a listener of its own event.
      previous?.changes.removeEventListener(type, this.#listeners[type] as () => void);
      client?.changes.addEventListener(type, this.#listeners[type] as () => void);
    }
  }
}
