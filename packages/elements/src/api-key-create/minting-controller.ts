import { type ApiKey, type Cockpit, createIdempotencyKey, PageLeftError, type Secret } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { type Control, FormController } from '../controllers/form-controller.js';
import { PageLifecycleController } from '../controllers/page-lifecycle-controller.js';
import { ApiKeyCreatedEvent, ApiKeyCreateEvent } from '../events/api-key-create-events.js';
import { mayHaveCreated, requestOf } from './request.js';

/** A key just made. */
export interface Minted {
  readonly apiKey: ApiKey;
  /** Whether its value came with it, and can be shown: a late replay of the request brings none. */
  readonly hasSecret: boolean;
}

export interface MintingOptions {
  /** Where to ask for a key. */
  readonly keys: () => Pick<Cockpit['apiKeys'], 'create'> | undefined;
  /** A key is there, and its value, if any, on show. */
  readonly made?: (apiKey: ApiKey) => void;
}

const isEdited = (control: Element): boolean => {
  if (control instanceof HTMLSelectElement) return control.selectedIndex > 0;
  if (!(control instanceof HTMLInputElement)) return false;
  return control.checked !== control.defaultChecked || control.value !== control.defaultValue;
};

/**
 * Makes one key by what stands in the host's `[part="form"]`, and hands its value to the host's `<secret-reveal>`. What
 * is asked for once is made once, however often it has to be sent; the host page is told before and after.
 */
export class MintingController implements ReactiveController {
  readonly form: FormController;
  /** The key just made, until all of it is taken off the page. */
  minted: Minted | undefined;
  /** A date of one's own has been chosen over the policy's choices. */
  customDate = false;
  readonly #host: LitElement & ConnectedInterface;
  readonly #options: MintingOptions;
  /** One for a filled form, until the server has answered for certain. Gives access to the value: kept here alone. */
  #idempotencyKey: string | undefined;

  constructor(host: LitElement & ConnectedInterface, options: MintingOptions) {
    this.#host = host;
    this.#options = options;
    this.form = new FormController(host);
    host.addController(this);
    host.addEventListener('secret-dismissed', ({ isLost }) => isLost && this.#loseValue());
    // The answer would show the value on a page that another person may see on Back. A retry still returns it.
    new PageLifecycleController(host, { onHide: () => this.form.interrupt(new PageLeftError()) });
  }

  /** Something stands in the form that was not there before. */
  get isEdited(): boolean {
    return [...(this.#form?.elements ?? [])].some(isEdited);
  }

  /** A key may have been made already, whose value the same request still brings. */
  get isUncertain(): boolean {
    return this.#idempotencyKey !== undefined;
  }

  /** Takes a value off the page as its Close or Done does. @returns whether it is gone; nothing where none is on show */
  dismiss(): boolean | undefined {
    return this.#reveal?.dismiss();
  }

  hostDisconnected(): void {
    this.reset();
  }

  /** Hides the created key. */
  forget(): void {
    this.minted = undefined;
    this.#host.requestUpdate();
  }

  /** Nothing is left of what was typed, asked for or made. */
  reset(): void {
    this.#form?.reset();
    this.#idempotencyKey = undefined;
    this.minted = undefined;
    this.customDate = false;
    this.form.reset();
  }

  /** What was on show has forgotten its value where the host was put elsewhere, unless all of it was moved as one. */
  async moved(): Promise<void> {
    await this.#host.updateComplete;
    if (!this.#reveal?.secret) this.#loseValue();
  }

  /** The value was hidden because the page was left: the element shows a note in its place. */
  #loseValue(): void {
    if (this.minted?.hasSecret) this.minted = { ...this.minted, hasSecret: false };
    this.#host.requestUpdate();
  }

  readonly chooseExpiry = (customDate: boolean): void => {
    this.customDate = customDate;
    this.#host.requestUpdate();
  };

  // The form's controls are the only ones in it.
  readonly handleEdit = ({ target }: Event): void => this.form.edited(target as Control);

  /** The date that is filled in. */
  get expiresAt(): string {
    return this.#dateInput?.value ?? '';
  }

  /** Fills in the date of a preset, as if it was typed. */
  readonly fillInDate = (date: string): void => {
    const input = this.#dateInput;
    if (!input || this.form.pending) return;
    input.value = date;
    this.form.edited(input);
  };

  async submit(): Promise<void> {
    const keys = this.#options.keys();
    const form = this.#form;
    if (!keys || !form || this.form.pending) return;
    const request = requestOf(form);
    const answer = await this.form.submit(
      form,
      async (signal) => {
        const idempotencyKey = (this.#idempotencyKey ??= createIdempotencyKey());
        try {
          return await keys.create(request, { idempotencyKey, signal });
        } catch (error) {
          if (!mayHaveCreated(error)) this.#idempotencyKey = undefined;
          throw error;
        }
      },
      () => this.#host.dispatchEvent(new ApiKeyCreateEvent(request)),
    );
    if (answer) await this.#show(answer.apiKey, answer.secret);
  }

  async #show(apiKey: ApiKey, secret: Secret | null): Promise<void> {
    this.reset();
    this.minted = { apiKey, hasSecret: secret !== null };
    this.#options.made?.(apiKey);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const reveal = this.#reveal;
    if (reveal) {
      // Given by hand: what a template is given, its part keeps.
      reveal.secret = secret;
      await reveal.updateComplete;
      reveal.focus();
    } else {
      secret?.dispose();
      this.#host.renderRoot.querySelector<HTMLElement>('[part="close"]')?.focus();
    }
    this.#host.dispatchEvent(new ApiKeyCreatedEvent(apiKey));
  }

  get #form() {
    return this.#host.renderRoot.querySelector<HTMLFormElement>('[part="form"]');
  }

  get #dateInput() {
    return this.#form?.querySelector<HTMLInputElement>('[name="expiresAt"]');
  }

  get #reveal() {
    return this.#host.renderRoot.querySelector('secret-reveal');
  }
}
