import { type Provider, type ProviderField, type ProviderToken, reduceAddress, takesAddress } from '@ai-cockpit/sdk';
import type { FormModel } from './form-model.js';
import type { EditController } from '../controllers/edit-controller.js';
import { codeFrom, initialValue, pathOf } from '../provider-tokens/provider-fields.js';
import type { ProviderTokenDraft } from '../events/provider-token-events.js';
import { type FilledForm, openValues } from './provider-token-request.js';
import type { SecretInputs } from './secret-inputs.js';

/** Edited values by path, provider and owner included; never a secret. */
export type TokenEdits = Readonly<Record<string, string>>;

export interface TokenDraftOptions {
  readonly model: () => FormModel | undefined;
  /** The provider that the host chose. */
  readonly provider: () => string | undefined;
  readonly edit: EditController<ProviderToken, TokenEdits>;
}

/**
 * The values of a form's fields, by path: edits first, then stored values, then suggestions. Secrets are only in
 * their inputs.
 */
export class TokenDraft {
  /** By path: addresses that were reduced, and those whose reduction was undone. */
  readonly #reduced = new Map<string, string>();
  readonly #kept = new Map<string, string>();
  readonly #options: TokenDraftOptions;

  constructor(options: TokenDraftOptions) {
    this.#options = options;
  }

  get #edits(): Partial<TokenEdits> {
    return this.#options.edit.draft;
  }

  get #model(): Partial<FormModel> {
    return this.#options.model() ?? {};
  }

  readonly valueAt = (path: string): string => this.#edits[path] ?? this.storedAt(path);

  /** The value of a field without its edit: the stored one, or else a suggestion. */
  storedAt(path: string): string {
    const { providers = [], owners = [], token } = this.#model;
    if (path === 'provider') {
      const fixed = token?.provider ?? (providers.length === 1 ? providers[0]?.id : this.#options.provider());
      return fixed ?? '';
    }
    if (path === 'owner') return token?.owner.kind ?? owners[0] ?? '';
    if (path === 'code' && !token) return this.#suggestsCode ? this.#suggestedCode() : '';
    if (path === 'name' || path === 'code' || path === 'description') return token?.[path] ?? '';
    const field = this.fieldAt(path);
    return field ? (token?.values[field.id] ?? initialValue(field)) : '';
  }

  /** The provider that decides what is asked for. */
  get chosen(): Provider | undefined {
    const id = this.valueAt('provider');
    return this.#model.providers?.find((provider) => provider.id === id);
  }

  /** Whether leaving the form would lose a value; provider and owner are quickly chosen again. */
  isEdited(path: string): boolean {
    return path !== 'provider' && path !== 'owner' && this.#edits[path] !== this.storedAt(path);
  }

  /** After an edit: suggests an empty code again, and reduces a pasted address to the part that the field needs. */
  normalize(path: string, value: string): void {
    const { edit } = this.#options;
    if (path === 'code' && value === '' && this.#suggestsCode) edit.drop((edited) => edited === path);
    const field = this.fieldAt(path);
    const reduced = field && takesAddress(field) && value !== '' ? reduceAddress(field, value) : null;
    if (reduced === null || reduced === value || this.#kept.get(path) === value.trim()) return;
    // Trimmed white space needs no Undo.
    if (value.trim() !== reduced) this.#reduced.set(path, value.trim());
    edit.change({ [path]: reduced });
  }

  /** Normalizes the provider's fields: Enter submits a form without a change event of the field. */
  normalizeAll(): void {
    for (const [path, value = ''] of Object.entries(this.#edits))
      if (path.startsWith('values.')) this.normalize(path, value);
  }

  /** The address as typed, where the field shows its reduced form. */
  readonly reducedFrom = (path: string): string | undefined => {
    const field = this.fieldAt(path);
    const from = this.#reduced.get(path);
    return field && from !== undefined && reduceAddress(field, from) === this.#edits[path] ? from : undefined;
  };

  /** Restores the address as typed; the server reduces it. */
  undo(path: string): void {
    const from = this.reducedFrom(path);
    if (from === undefined) return;
    this.#kept.set(path, from);
    this.#reduced.delete(path);
    this.#options.edit.change({ [path]: from });
  }

  /** The chosen provider's field of that path. */
  fieldAt(path: string): ProviderField | undefined {
    return this.chosen?.fields.find((field) => pathOf(field) === path);
  }

  /** All values of a token that was deleted, so that they can become a new one. */
  valuesOf({ name, code, description, owner }: ProviderToken): Partial<TokenEdits> {
    const values = Object.entries(this.openValues).map(([id, text]) => [`values.${id}`, text] as const);
    const texts = { name, code: code ?? '', description, owner: owner.kind };
    return { ...texts, ...Object.fromEntries(values), ...this.#edits };
  }

  /** The token as it would be saved, for events: without secrets. */
  get summary(): ProviderTokenDraft {
    const { policy, token } = this.#model;
    const kind = this.valueAt('owner');
    const id = (kind === 'user' ? policy?.userId : policy?.organization?.id) ?? '';
    return {
      id: token?.id ?? null,
      provider: this.valueAt('provider'),
      name: this.valueAt('name'),
      code: this.valueAt('code') || null,
      description: this.valueAt('description'),
      owner: token?.owner ?? { kind, id },
      values: this.openValues,
    };
  }

  /** The values of a request; `secrets` are read when it is made. */
  filledForm({ policy }: FormModel, secrets: SecretInputs): FilledForm {
    const { chosen: provider, valueAt } = this;
    const { fields } = policy.providerTokens ?? {};
    if (!provider || !fields) throw new TypeError('There is no provider');
    return { provider, fields, valueAt, secretAt: secrets.valueAt };
  }

  get openValues(): Record<string, string> {
    const { chosen: provider, valueAt } = this;
    return provider ? openValues({ provider, valueAt }) : {};
  }

  get #suggestsCode(): boolean {
    const { policy, token } = this.#model;
    return !token && policy?.providerTokens?.fields.code === 'required';
  }

  #suggestedCode(): string {
    return codeFrom(this.valueAt('name')) || codeFrom(this.valueAt('provider'));
  }
}
