import { warnDeveloper } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from './connected.js';

/** How long an element waits for a client without a word to the developer, in milliseconds. */
const patience = 3_000;

/** An element may read several things, each of which needs the client. */
const watched = new WeakSet<LitElement>();

/** Tells the developer, once a tag, that an element has no client to read with, and how to give it one. */
class MissingClientController implements ReactiveController {
  readonly #host: LitElement & ConnectedInterface;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement & ConnectedInterface) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setTimeout(() => this.#check(), patience);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const host = this.#host;
    if (host.connection.client) return;
    host.removeController(this);
    const isUndefined = host.closest('cockpit-client:not(:defined)');
    const advice = isUndefined
      ? "the <cockpit-client> around it is not defined. Import '@ai-cockpit/elements/cockpit-client.js'."
      : 'set base-url (in JavaScript baseUrl) or the property client, on it or on a <cockpit-client> around it.';
    warnDeveloper(`<${host.localName}> has no client: ${advice}`);
  }
}

/** Warns once if an element has not been given a client some time after it was connected. */
export const warnWithoutClient = (host: LitElement & ConnectedInterface): void => {
  if (watched.has(host)) return;
  watched.add(host);
  new MissingClientController(host);
};
