import { type Cockpit, isBlank, type NewApiKey } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import type { Control } from '../controllers/form-controller.js';
import { ApiKeyCreatedEvent, ApiKeyCreateEvent } from '../events/api-key-create-events.js';
import { IdempotentKeyCreation, type KeyCreationOptions } from './idempotent-key-creation.js';

export interface KeyFormOptions extends KeyCreationOptions {
  /** The `<form>` with the fields of a new key, while it is drawn. */
  readonly form: () => HTMLFormElement | null;
}

/** The request by the form's filled fields. A choice that stands for another field is not part of it. */
const requestOf = (form: HTMLFormElement): NewApiKey => {
  const filled = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && !isBlank(value) ? [[name, value.trim()] as const] : [],
  );
  const { expiresInDays, ...texts } = Object.fromEntries<string>(filled);
  const days = Number(expiresInDays);
  return { ...texts, ...(days > 0 && { expiresInDays: days }) };
};

const isEdited = (control: Element): boolean => {
  if (control instanceof HTMLSelectElement) return control.selectedIndex > 0;
  if (!(control instanceof HTMLInputElement)) return false;
  return control.checked !== control.defaultChecked || control.value !== control.defaultValue;
};

/** The form of a new key: the state of its fields, and the creation of the key that they describe. */
export class KeyForm implements ReactiveController {
  readonly creation: IdempotentKeyCreation;
  /** Whether a date of the person's own is chosen over the policy's choices. */
  customDate = false;
  readonly #host: LitElement & ConnectedInterface;
  readonly #form: () => HTMLFormElement | null;

  constructor(host: LitElement & ConnectedInterface, { form, ...options }: KeyFormOptions) {
    this.#host = host;
    this.#form = form;
    this.creation = new IdempotentKeyCreation(host, {
      ...options,
      created: (apiKey) => {
        this.#clear();
        options.created(apiKey);
      },
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#clear();
  }

  /** Whether a field differs from its initial value. */
  get isEdited(): boolean {
    return [...(this.#form()?.elements ?? [])].some(isEdited);
  }

  /** Clears the fields, drops the request, and forgets the created key. */
  reset(): void {
    this.#clear();
    this.creation.reset();
  }

  #clear(): void {
    this.#form()?.reset();
    this.customDate = false;
  }

  readonly chooseExpiry = (customDate: boolean): void => {
    this.customDate = customDate;
    this.#host.requestUpdate();
  };

  // Only controls send input events.
  readonly handleEdit = ({ target }: Event): void => this.creation.form.edited(target as Control);

  /** The date that is filled in. */
  get expiresAt(): string {
    return this.#dateInput?.value ?? '';
  }

  /** Fills in the date of a preset, as if it was typed. */
  readonly fillInDate = (date: string): void => {
    const input = this.#dateInput;
    const { form } = this.creation;
    if (!input || form.pending) return;
    input.value = date;
    form.edited(input);
  };

  /** Creates the key that the fields describe; the host page is told before and after. */
  async submit(keys: Pick<Cockpit['apiKeys'], 'create'> | undefined): Promise<void> {
    const form = this.#form();
    if (!keys || !form) return;
    const request = requestOf(form);
    const apiKey = await this.creation.submit(
      form,
      (options) => keys.create(request, options),
      () => this.#host.dispatchEvent(new ApiKeyCreateEvent(request)),
    );
    if (apiKey) this.#host.dispatchEvent(new ApiKeyCreatedEvent(apiKey));
  }

  get #dateInput() {
    return this.#form()?.querySelector<HTMLInputElement>('[name="expiresAt"]');
  }
}
