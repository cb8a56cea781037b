import { type ApiKey, ApiError, type CreatedApiKey, createIdempotencyKey, PageLeftError } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { FormController } from '../controllers/form-controller.js';
import { PageLifecycleController } from '../controllers/page-lifecycle-controller.js';

/** A key that was just created. */
export interface CreatedKey {
  readonly apiKey: ApiKey;
  /** Whether its value came with it, and can be shown: a late replay of the request brings none. */
  readonly hasSecret: boolean;
}

/** The call that creates a key. Repeated with the same idempotency key, it creates no second one. */
export type CreateKeyCall = (options: {
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}) => Promise<CreatedApiKey>;

export interface KeyCreationOptions {
  /** The `<secret-reveal>` that is drawn once there is a key with a value: it is given the value. */
  readonly reveal: () => HTMLElementTagNameMap['secret-reveal'] | null;
  /** The button to focus where there is no value to show. */
  readonly closeButton?: () => HTMLElement | null;
  /** Called once a key has been created, before it is drawn. */
  readonly created: (apiKey: ApiKey) => void;
}

/** Whether the server may have created the key despite the error, so that only the same request may be sent again. */
const mayHaveCreated = (error: unknown): boolean =>
  !(error instanceof ApiError) ||
  error.status >= 500 ||
  [401, 408, 429].includes(error.status) ||
  error.code === 'idempotency_in_flight';

/**
 * Creates one key by the call that it is given, and passes the key's value to a `<secret-reveal>`. It draws nothing.
 * After a lost answer, the same request returns the same key: one idempotency key is used until the server's answer is
 * certain. The value is kept here no longer than it takes to pass it on.
 */
export class IdempotentKeyCreation implements ReactiveController {
  /** The state of the request: pending, its error, the errors of fields. */
  readonly form: FormController;
  /** The created key, until it is taken off the page. */
  createdKey: CreatedKey | undefined;
  protected readonly host: LitElement & ConnectedInterface;
  readonly #options: KeyCreationOptions;
  /** Gives access to the key's value, so it is kept nowhere else. */
  #idempotencyKey: string | undefined;

  constructor(host: LitElement & ConnectedInterface, options: KeyCreationOptions) {
    this.host = host;
    this.#options = options;
    this.form = new FormController(host);
    host.addController(this);
    host.addEventListener('secret-dismissed', ({ isLost }) => isLost && this.#loseValue());
    // The answer would show the value on a page that another person may see on Back. A retry still returns it.
    new PageLifecycleController(host, { onHide: () => this.form.interrupt(new PageLeftError()) });
  }

  /** Whether a key may have been created already, whose value the same request still returns. */
  get isUncertain(): boolean {
    return this.#idempotencyKey !== undefined;
  }

  /**
   * Takes the value off the page as its Close or Done button does.
   *
   * @returns whether the value is gone; `undefined` where none is on show
   */
  dismiss(): boolean | undefined {
    return this.#options.reveal()?.dismiss();
  }

  hostDisconnected(): void {
    this.reset();
  }

  /** Hides the created key. */
  forget(): void {
    this.createdKey = undefined;
    this.host.requestUpdate();
  }

  /** Drops the request, its error, and the created key. */
  reset(): void {
    this.#idempotencyKey = undefined;
    this.createdKey = undefined;
    this.form.reset();
  }

  /** Call it after the host was moved: a `<secret-reveal>` that was not moved as one with it has forgotten the value. */
  async moved(): Promise<void> {
    await this.host.updateComplete;
    if (!this.#options.reveal()?.secret) this.#loseValue();
  }

  /** The value was hidden because the page was left: the host shows a note in its place. */
  #loseValue(): void {
    if (this.createdKey?.hasSecret) this.createdKey = { ...this.createdKey, hasSecret: false };
    this.host.requestUpdate();
  }

  /**
   * Creates a key if all controls of `form` are valid and `allowed` agrees.
   *
   * @returns the key, once it is on show
   */
  async submit(form: HTMLFormElement, call: CreateKeyCall, allowed?: () => boolean): Promise<ApiKey | undefined> {
    const answer = await this.form.submit(
      form,
      async (signal) => {
        const idempotencyKey = (this.#idempotencyKey ??= createIdempotencyKey());
        try {
          return await call({ idempotencyKey, signal });
        } catch (error) {
          if (!mayHaveCreated(error)) this.#idempotencyKey = undefined;
          throw error;
        }
      },
      allowed,
    );
    if (answer) await this.#show(answer);
    return answer?.apiKey;
  }

  async #show({ apiKey, secret }: CreatedApiKey): Promise<void> {
    const { reveal: revealOf, closeButton, created } = this.#options;
    this.reset();
    this.createdKey = { apiKey, hasSecret: secret !== null };
    created(apiKey);
    this.host.requestUpdate();
    await this.host.updateComplete;
    const reveal = revealOf();
    if (reveal) {
      // Set by hand: Lit keeps a value that a template sets.
      reveal.secret = secret;
      await reveal.updateComplete;
      reveal.focus();
    } else {
      secret?.dispose();
      closeButton?.()?.focus();
    }
  }
}
