import { type ChangeEvent, type Cockpit, ContractError, UnauthenticatedError } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import { type ConnectedInterface, nowOf } from '../connection/connected.js';
import { warnOfError } from '../connection/error-event.js';
import { warnWithoutClient } from '../connection/missing-client.js';
import { shareFrom, stopSharing } from '../connection/shared-clients.js';
import { clearSessionExpired, reportSessionExpired } from '../connection/session-expired-event.js';
import { CockpitErrorEvent } from '../events/cockpit-error-event.js';
import { languageArrives } from './localize-controller.js';
import { PageLifecycleController } from './page-lifecycle-controller.js';
import { Slowness } from './slowness.js';
import { setVeiled } from './veil.js';

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
  /** It is the same in every organization: a change of the active one is nothing to it. */
  isOrganizationIndependent?: boolean;
  /**
   * The client, the organization or the person signed in is another one: what was shown is gone. What somebody else
   * has typed and not saved is none of the business of the person who is here now.
   */
  sourceChanged?: (isOtherPerson: boolean) => void;
  /** The value of the former organization stays until that of the new one is there. */
  keepsValue?: boolean;
  /** The element says what went wrong even while it shows what it read before; else the host is told. */
  rendersErrors?: boolean;
  /** Read again after a write like this, here or in another tab. */
  refreshOn?: (change: ChangeEvent) => boolean;
  /** The instant from which it is another by the clock alone, if there is one. Read again then. */
  staleAt?(value: T): string | null | undefined;
}

/** Milliseconds: what timers wait at most. */
const longestWait = 2 ** 31 - 1;
/** Milliseconds: the server's clock is known to a second and the time that an answer takes. */
const leeway = 2000;

/**
 * What an element shows from the server: read when it is connected, when what it depends on changes, and after each
 * write that touches it. The last value stays while it is read again, but never across a change of client or person,
 * nor of organization unless `keepsValue` says so, and a late answer for the old one is discarded. The host page is told where the session has ended.
 * When the back-forward cache restores the page, the last value is hidden until the server has answered for the person
 * who is signed in now; if that read fails, the value is dropped.
 */
export class ReadController<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  readonly #host: Host;
  readonly #options: ReadOptions<T>;
  readonly #slowness: Slowness;
  #client: Cockpit | undefined;
  #organizationId: string | undefined;
  /** The id of the person for whom the value was read. */
  #userId: string | undefined;
  /** When people have left of late. A server that contradicts itself sends everybody away, time and again. */
  #departures: readonly number[] = [];
  /** The dependencies of the last read. */
  #dependencies: readonly unknown[] = [];
  /** Whether the value was read before the page was left, and not since. */
  #isUnverified = false;
  /** Whether the page was restored, and no answer has come since: another person may be there. */
  #isRestored = false;
  /** Of the reading that is under way. */
  #abort: AbortController | undefined;
  #staleAt: string | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, options: ReadOptions<T>) {
    this.#host = host;
    this.#options = options;
    this.#slowness = new Slowness(host);
    host.addController(this);
    new PageLifecycleController(host, { onRestore: () => void this.#verify() });
    warnWithoutClient(host);
  }

  /** Reading for the first time, or again after a failure. */
  get waiting(): boolean {
    return this.value === undefined && this.error === undefined;
  }

  /** An answer is under way. */
  get pending(): boolean {
    return this.#abort !== undefined;
  }

  /** Reading takes longer than people wait without a word. */
  get slow(): boolean {
    return this.#slowness.isSlow;
  }

  /** Shows what a write has just answered, rather than the old value until it is read again. */
  show(value: T): void {
    this.value = value;
    this.#host.requestUpdate();
  }

  /** Reads again; until the answer comes, the present value stays. */
  refresh = async (): Promise<void> => {
    this.error = undefined;
    this.#departures = [];
    await this.#read();
    await this.#host.updateComplete;
  };

  hostConnected(): void {
    this.#listen();
    if (this.value !== undefined && this.#client?.userId !== this.#userId) this.#drop(true);
    // Away from the page, it heard of no changes.
    this.#dependencies = [];
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    // Away from the page, an element has no surroundings to take its client from.
    if (!this.#host.isConnected) return;
    const { client, organizationId } = this.#source;
    if (client !== this.#client || organizationId !== this.#organizationId) {
      this.#drop(this.#client !== undefined && client !== this.#client);
      this.#unlisten();
      this.#client = client;
      this.#organizationId = organizationId;
      this.#listen();
    }
    const dependencies = [client, ...(this.#options.dependencies?.() ?? [])];
    const isSame =
      dependencies.length === this.#dependencies.length &&
      dependencies.every((it, at) => Object.is(it, this.#dependencies[at]));
    this.#dependencies = dependencies;
    if (!isSame) void this.#read();
  }

  hostUpdated(): void {
    // An update may come after the element has gone.
    const present = this.#host.isConnected ? this.value : undefined;
    const until = present === undefined ? undefined : this.#options.staleAt?.(present);
    if (until === this.#staleAt) return;
    this.#staleAt = until;
    clearTimeout(this.#timer);
    const left = until ? Date.parse(until) - nowOf(this.#host) + leeway : 0;
    if (left > 0 && left < longestWait) this.#timer = setTimeout(() => void this.refresh(), left);
  }

  hostDisconnected(): void {
    this.#unlisten();
    this.#stop();
    clearTimeout(this.#timer);
    this.#staleAt = undefined;
    this.#settle(false);
  }

  get #source() {
    const { client, organizationId } = this.#host.connection;
    return { client, organizationId: this.#options.isOrganizationIndependent ? undefined : organizationId };
  }

  readonly #handleChange = (change: ChangeEvent): void => {
    if (this.#options.refreshOn?.(change)) void this.refresh();
  };

  readonly #handleUser = (): void => {
    const now = performance.now();
    this.#departures = [...this.#departures.filter((then) => now - then < 5000), now];
    this.#drop(true);
  };

  readonly #handleSession = (): void => {
    if (this.error instanceof UnauthenticatedError) void this.refresh();
  };

  async #verify(): Promise<void> {
    this.#isRestored = true;
    this.#isUnverified = this.value !== undefined;
    setVeiled(this.#host, this, this.#isUnverified);
    await this.refresh();
  }

  /** Shows the hidden value again, unless it belongs to another person. */
  #settle(isVerified: boolean): void {
    if (this.#isUnverified && !isVerified) this.value = undefined;
    this.#isUnverified = false;
    setVeiled(this.#host, this, false);
  }

  #listen(): void {
    if (!this.#client) return;
    shareFrom(this.#client);
    this.#client.changes.addEventListener('change', this.#handleChange);
    this.#client.changes.addEventListener('user', this.#handleUser);
    this.#client.changes.addEventListener('session', this.#handleSession);
  }

  #unlisten(): void {
    if (!this.#client) return;
    stopSharing(this.#client);
    this.#client.changes.removeEventListener('change', this.#handleChange);
    this.#client.changes.removeEventListener('user', this.#handleUser);
    this.#client.changes.removeEventListener('session', this.#handleSession);
  }

  #stop(): void {
    this.#slowness.end();
    this.#abort?.abort();
    this.#abort = undefined;
  }

  /** Nothing of the old source is kept; the new one is read by the next update. */
  #drop(isOtherPerson: boolean): void {
    this.#stop();
    this.#settle(false);
    if (isOtherPerson || !this.#options.keepsValue) this.value = undefined;
    this.error = undefined;
    this.#dependencies = [];
    this.#options.sourceChanged?.(isOtherPerson);
    this.#host.requestUpdate();
  }

  async #read(): Promise<void> {
    const { client, organizationId } = this.#source;
    this.#stop();
    if (!client || !this.#host.isConnected) return this.#settle(false);
    if (this.#departures.length > 4) {
      this.#settle(false);
      this.error = new ContractError('getPolicy', 'userId', 'the id of getProfile and the X-User-Id of every answer');
      warnOfError(this.#host, this.error);
      return;
    }
    const abort = new AbortController();
    const { signal } = abort;
    this.#abort = abort;
    this.#slowness.start();
    this.#host.requestUpdate();
    try {
      const value = await this.#options.read({ client, organizationId, signal });
      // Nothing is drawn before there are words for it.
      await languageArrives(this.#host);
      if (signal.aborted) return;
      clearSessionExpired(client);
      this.#settle(true);
      this.#isRestored = false;
      this.value = value;
      this.#userId = client.userId;
      this.error = undefined;
    } catch (error) {
      await languageArrives(this.#host);
      if (signal.aborted) return;
      // The person who typed has signed out.
      if (this.#isRestored && error instanceof UnauthenticatedError) this.#options.sourceChanged?.(true);
      this.#settle(false);
      this.error = error;
      if (error instanceof UnauthenticatedError) void reportSessionExpired(this.#host, error);
      else if (!warnOfError(this.#host, error) && this.value !== undefined && !this.#options.rendersErrors)
        this.#host.dispatchEvent(new CockpitErrorEvent(error));
    }
    this.#abort = undefined;
    this.#slowness.end();
    this.#host.requestUpdate();
  }
}
