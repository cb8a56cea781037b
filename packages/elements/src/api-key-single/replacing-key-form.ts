import { type ApiKey, ApiError } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import { KeyForm, type KeyFormOptions } from '../api-keys/key-form.js';
import type { ConnectedInterface } from '../connection/connected.js';
import type { Access } from '../controllers/access-controller.js';
import { ModalController } from '../controllers/modal-controller.js';

interface ReplacingKeyFormOptions extends KeyFormOptions {
  /** The access and the current key, once they are read. */
  readonly current: () => (Access & { readonly key: ApiKey | undefined }) | undefined;
  /** Called before a key is created. */
  readonly starting: () => void;
  /** Called where the server's answer shows that the current key is another one. */
  readonly outdated: () => void;
}

/** The form of the only key: a new key replaces an active one once the person confirms it, or waits until it is removed. */
export class ReplacingKeyForm extends KeyForm {
  /** Asks before a new key replaces an active one. */
  readonly question: ModalController;
  /** The outcome of the last creation, where there was a value to show. */
  outcome: 'created' | 'replaced' | undefined;
  readonly #options: ReplacingKeyFormOptions;

  constructor(host: LitElement & ConnectedInterface, options: ReplacingKeyFormOptions) {
    super(host, {
      ...options,
      created: (key) => {
        const { key: previous } = options.current() ?? {};
        const isReplacement = previous?.status === 'active' && previous.id !== key.id;
        // Without a value, a notice says that a key was created.
        this.outcome = this.createdKey?.hasSecret ? (isReplacement ? 'replaced' : 'created') : undefined;
        options.created(key);
      },
    });
    this.#options = options;
    this.question = new ModalController(host);
  }

  get isActive(): boolean {
    return this.#options.current()?.key?.status === 'active';
  }

  /** Whether the current key must be removed first; not where its own value may still be returned. */
  get isBlocked(): boolean {
    const atLimit = this.#options.current()?.policy.apiKeys?.atLimit;
    return this.isActive && atLimit === 'reject' && !this.isUncertain;
  }

  readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    // A listener of the form.
    if (!this.isBlocked) void this.#begin(event.currentTarget as HTMLFormElement);
  };

  readonly handleConfirm = (): void => {
    this.question.close();
    void this.#start();
  };

  async #begin(form: HTMLFormElement): Promise<void> {
    if (this.form.pending) return;
    const replaces = this.isActive && !this.isUncertain;
    if (!replaces) await this.#start();
    else if (await this.form.check(form)) this.question.open();
  }

  async #start(): Promise<void> {
    const { current, starting, outdated } = this.#options;
    starting();
    await this.create(current()?.keys);
    const { problem } = this.form;
    if (problem instanceof ApiError && ['limit_reached', 'idempotency_mismatch'].includes(problem.code)) outdated();
  }
}
