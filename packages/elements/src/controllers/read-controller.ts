import { type ChangeEvent, type Cockpit, UnauthenticatedError } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { warnOfError } from '../connection/error-event.js';
import { warnWithoutClient } from '../connection/missing-client.js';
import { clearSessionExpired, reportSessionExpired } from '../connection/session-expired-event.js';
import { CockpitErrorEvent } from '../events/cockpit-error-event.js';
import { ClientSubscription } from './client-subscription.js';
import { languageArrives } from './localize-controller.js';
import { PersonGuard } from './person-guard.js';
import { Slowness } from './slowness.js';
import { StaleTimer } from './stale-timer.js';

type Host = LitElement & ConnectedInterface;

export interface ReadContext {
  readonly client: Cockpit;
  readonly organizationId: string | undefined;
  readonly signal: AbortSignal;
}

export interface ReadOptions<T> {
  read: (context: ReadContext) => Promise<T>;
  /** Read again whenever one of these differs. */
  dependencies?: () => readonly unknown[];
  /** The value is the same in every organization: a change of the active one does not read it again. */
  isOrganizationIndependent?: boolean;
  /**
   * Called when the client, the organization or the person is another one, and the value is dropped. `isOtherPerson`
   * says that drafts have to be dropped too: they must not reach the person who is signed in now.
   */
  sourceChanged?: (isOtherPerson: boolean) => void;
  /** Keeps the value of the former organization until that of the new one is read. */
  keepsValue?: boolean;
  /** The element renders an error beside the value; otherwise the host page gets it as an event. */
  rendersErrors?: boolean;
  /** Whether a write, here or in another tab, makes the value stale. */
  refreshOn?: (change: ChangeEvent) => boolean;
  /** The instant from which the value is stale by the clock alone, in ISO 8601. */
  staleAt?(value: T): string | null | undefined;
}

/**
 * Reads what an element shows from the server: when the element is connected, when a dependency changes, and when the
 * value becomes stale. Until the next answer comes, the value stays. It is dropped when the client or the person
 * changes, and also when the organization does, unless `keepsValue` is set. A new read cancels the one before.
 */
export class ReadController<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  readonly #host: Host;
  readonly #options: ReadOptions<T>;
  readonly #slowness: Slowness;
  readonly #person: PersonGuard;
  readonly #staleTimer: StaleTimer;
  readonly #subscription = new ClientSubscription({
    change: (change) => {
      if (this.#options.refreshOn?.(change)) void this.refresh();
    },
    user: () => this.#drop(true),
    session: () => {
      if (this.error instanceof UnauthenticatedError) void this.refresh();
    },
  });
  #client: Cockpit | undefined;
  #organizationId: string | undefined;
  /** The dependencies of the last read. */
  #dependencies: readonly unknown[] = [];
  /** Cancels the read that is pending. */
  #abort: AbortController | undefined;

  constructor(host: Host, options: ReadOptions<T>) {
    this.#host = host;
    this.#options = options;
    this.#slowness = new Slowness(host);
    this.#staleTimer = new StaleTimer(host, () => void this.refresh());
    host.addController(this);
    this.#person = new PersonGuard(
      host,
      () => this.value !== undefined,
      () => void this.refresh(),
    );
    warnWithoutClient(host);
  }

  /** Whether there is neither a value nor an error to show yet. */
  get waiting(): boolean {
    return this.value === undefined && this.error === undefined;
  }

  get pending(): boolean {
    return this.#abort !== undefined;
  }

  /** Whether the pending read takes so long that the element has to say so. */
  get slow(): boolean {
    return this.#slowness.isSlow;
  }

  /** Shows the answer to a write, until the value is read again. */
  show(value: T): void {
    this.value = value;
    this.#host.requestUpdate();
  }

  /** Reads again; until the answer comes, the value stays. */
  refresh = async (): Promise<void> => {
    this.error = undefined;
    await this.#read();
    await this.#host.updateComplete;
  };

  hostConnected(): void {
    this.#subscription.to(this.#client);
    if (this.value !== undefined && this.#person.isOther(this.#client?.userId)) this.#drop(true);
    // A disconnected element misses changes: it reads again.
    this.#dependencies = [];
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    // A disconnected element has no surroundings to take its client from.
    if (!this.#host.isConnected) return;
    const { client, organizationId } = this.#source;
    if (client !== this.#client || organizationId !== this.#organizationId) {
      this.#drop(this.#client !== undefined && client !== this.#client);
      this.#client = client;
      this.#organizationId = organizationId;
      // Ends sharing first: a policy that no other element uses is read again.
      this.#subscription.to(undefined);
      this.#subscription.to(client);
    }
    const dependencies = [client, ...(this.#options.dependencies?.() ?? [])];
    const isSame =
      dependencies.length === this.#dependencies.length &&
      dependencies.every((it, at) => Object.is(it, this.#dependencies[at]));
    this.#dependencies = dependencies;
    if (!isSame) void this.#read();
  }

  hostUpdated(): void {
    // An update may come after the element was disconnected.
    const { value } = this;
    this.#staleTimer.set(this.#host.isConnected && value !== undefined ? this.#options.staleAt?.(value) : undefined);
  }

  hostDisconnected(): void {
    this.#subscription.to(undefined);
    this.#stop();
    this.#staleTimer.set(undefined);
    this.#dropUnverified();
  }

  get #source() {
    const { client, organizationId } = this.#host.connection;
    return { client, organizationId: this.#options.isOrganizationIndependent ? undefined : organizationId };
  }

  #stop(): void {
    this.#slowness.end();
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #dropUnverified(): void {
    if (this.#person.reject()) this.value = undefined;
  }

  /** Drops the value of the former source; the next update reads that of the new one. */
  #drop(isOtherPerson: boolean): void {
    this.#stop();
    this.#dropUnverified();
    if (isOtherPerson || !this.#options.keepsValue) this.value = undefined;
    this.error = undefined;
    this.#dependencies = [];
    this.#options.sourceChanged?.(isOtherPerson);
    this.#host.requestUpdate();
  }

  async #read(): Promise<void> {
    const { client, organizationId } = this.#source;
    this.#stop();
    if (!client || !this.#host.isConnected) return this.#dropUnverified();
    const abort = new AbortController();
    const { signal } = abort;
    this.#abort = abort;
    this.#slowness.start();
    this.#host.requestUpdate();
    try {
      const value = await this.#options.read({ client, organizationId, signal });
      // Nothing is rendered before its texts are loaded.
      await languageArrives(this.#host);
      if (signal.aborted) return;
      clearSessionExpired(client);
      this.#person.confirm(client.userId);
      this.value = value;
      this.error = undefined;
    } catch (error) {
      await languageArrives(this.#host);
      if (signal.aborted) return;
      this.#fail(error);
    }
    this.#abort = undefined;
    this.#slowness.end();
    this.#host.requestUpdate();
  }

  #fail(error: unknown): void {
    const isSignedOut = error instanceof UnauthenticatedError;
    // The person whose drafts these are has signed out before the page was restored.
    if (isSignedOut && this.#person.isRestored) this.#options.sourceChanged?.(true);
    this.#dropUnverified();
    this.error = error;
    if (isSignedOut) void reportSessionExpired(this.#host, error);
    else if (!warnOfError(this.#host, error) && this.value !== undefined && !this.#options.rendersErrors)
      this.#host.dispatchEvent(new CockpitErrorEvent(error));
  }
}
