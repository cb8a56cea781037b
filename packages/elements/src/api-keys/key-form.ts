import { type Cockpit, isBlank, type NewApiKey } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
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

/** Creates the key that a form with fields describes, and keeps the state of the fields. */
export class KeyForm extends IdempotentKeyCreation {
  /** Whether a date of the person's own is chosen over the policy's choices. */
  customDate = false;
  readonly #form: KeyFormOptions['form'];

  constructor(host: LitElement & ConnectedInterface, options: KeyFormOptions) {
    super(host, options);
    this.#form = options.form;
  }

  /** Whether a field differs from its initial value. */
  get isEdited(): boolean {
    return [...(this.#form()?.elements ?? [])].some(isEdited);
  }

  /** Clears the fields, drops the request and its error, and forgets the created key. */
  override reset(): void {
    this.#form()?.reset();
    this.customDate = false;
    super.reset();
  }

  readonly chooseExpiry = (customDate: boolean): void => {
    this.customDate = customDate;
    this.host.requestUpdate();
  };

  // Only controls send input events.
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

  /** Creates the key that the fields describe; the host page is told before and after. */
  async create(keys: Pick<Cockpit['apiKeys'], 'create'> | undefined): Promise<void> {
    const form = this.#form();
    if (!keys || !form) return;
    const request = requestOf(form);
    const apiKey = await this.submit(
      form,
      (options) => keys.create(request, options),
      () => this.host.dispatchEvent(new ApiKeyCreateEvent(request)),
    );
    if (apiKey) this.host.dispatchEvent(new ApiKeyCreatedEvent(apiKey));
  }

  get #dateInput() {
    return this.#form()?.querySelector<HTMLInputElement>('[name="expiresAt"]');
  }
}
