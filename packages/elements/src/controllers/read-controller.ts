import type { ChangeEvent, Cockpit } from '@ai-cockpit/sdk';
import { Task, TaskStatus } from '@lit/task';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';

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
  anyOrganization?: boolean;
  /** The client or the organization is another one: what was shown is gone. */
  sourceChanged?: () => void;
  /** Read again after a write like this, here or in another tab. */
  refreshOn?: (change: ChangeEvent) => boolean;
}

/**
 * What an element shows from the server: read when it is connected, when what it depends on changes, and after each
 * write that touches it. The last value stays while it is read again, but never across a change of client or
 * organization, and a late answer for the old one is discarded.
 */
export class ReadController<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  readonly #host: Host;
  readonly #options: ReadOptions<T>;
  readonly #task: Task<readonly unknown[], T>;
  #source: { client: Cockpit | undefined; organizationId: string | undefined } = {
    client: undefined,
    organizationId: undefined,
  };

  constructor(host: Host, options: ReadOptions<T>) {
    this.#host = host;
    this.#options = options;
    // Before the task, so that what belongs to the old source is gone when the task asks for its arguments.
    host.addController(this);
    this.#task = new Task<readonly unknown[], T>(host, {
      args: () => [this.#present.client, this.#present.organizationId, ...(options.dependencies?.() ?? [])],
      task: (_, { signal }) => this.#read(signal),
      onComplete: (value) => {
        this.value = value;
        this.error = undefined;
      },
      onError: (error) => {
        this.error = error;
      },
    });
  }

  /** Reading for the first time, or again after a failure. */
  get waiting(): boolean {
    return this.value === undefined && this.error === undefined;
  }

  /** Shows what a write has just answered, rather than the old value until it is read again. */
  show(value: T): void {
    this.value = value;
    this.#host.requestUpdate();
  }

  /** An answer is under way. */
  get pending(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  /** Reads again; until the answer comes, the present value stays. */
  refresh = async (): Promise<void> => {
    this.error = undefined;
    this.#host.requestUpdate();
    // A failure is kept in `error`, for the element to show.
    await this.#task.run().catch(() => undefined);
    await this.#host.updateComplete;
  };

  hostConnected(): void {
    this.#listen(this.#source.client);
  }

  hostUpdate(): void {
    const { client, organizationId } = this.#present;
    if (client === this.#source.client && organizationId === this.#source.organizationId) return;
    this.value = undefined;
    this.error = undefined;
    this.#options.sourceChanged?.();
    this.#source.client?.changes.removeEventListener('change', this.#handleChange);
    this.#source = { client, organizationId };
    this.#listen(client);
  }

  hostDisconnected(): void {
    this.#source.client?.changes.removeEventListener('change', this.#handleChange);
  }

  get #present() {
    const { client, organizationId } = this.#host.connection;
    return { client, organizationId: this.#options.anyOrganization ? undefined : organizationId };
  }

  #listen(client: Cockpit | undefined): void {
    if (this.#host.isConnected) client?.changes.addEventListener('change', this.#handleChange);
  }

  readonly #handleChange = (change: ChangeEvent): void => {
    if (this.#options.refreshOn?.(change)) void this.refresh();
  };

  #read(signal: AbortSignal): Promise<T> {
    const { client, organizationId } = this.#present;
    // Never settles: there is nothing to read from yet, and the next run aborts this one.
    if (!client) return new Promise<T>(() => undefined);
    return this.#options.read({ client, organizationId, signal });
  }
}
