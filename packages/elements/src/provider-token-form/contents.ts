import { type Provider, type ProviderField, type ProviderToken, reduceAddress, takesAddress } from '@ai-cockpit/sdk';
import type { Present } from './present.js';
import { codeFrom, initialValue, pathOf } from './provider-fields.js';
import type { ProviderTokenDraft } from '../events/provider-token-events.js';
import { openValues } from './provider-token-request.js';

type Typed = Readonly<Record<string, string>>;

/**
 * The values of a form's fields, by path: typed ones first, then stored ones, then suggestions. Secrets are only in
 * their inputs.
 */
export class Contents {
  /** Values that were typed or chosen and not yet saved. */
  typed: Typed = {};
  /** By path: addresses that were reduced, and those whose reduction was undone. */
  readonly #reduced = new Map<string, string>();
  readonly #kept = new Map<string, string>();
  readonly #present: () => Present | undefined;
  readonly #provider: () => string | undefined;

  constructor(present: () => Present | undefined, provider: () => string | undefined) {
    this.#present = present;
    this.#provider = provider;
  }

  readonly valueAt = (path: string): string => this.typed[path] ?? this.presentAt(path);

  /** The value of a field before it was edited. */
  presentAt(path: string): string {
    const { providers = [], owners = [], token } = this.#present() ?? {};
    if (path === 'provider') {
      const fixed = token?.provider ?? (providers.length === 1 ? providers[0]?.id : this.#provider());
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
    return this.#present()?.providers.find((provider) => provider.id === id);
  }

  /** Whether something was typed that leaving would lose; provider and owner are soon chosen again. */
  get isTyped(): boolean {
    return Object.entries(this.typed).some(
      ([path, value]) => path !== 'provider' && path !== 'owner' && value !== this.presentAt(path),
    );
  }

  type(path: string, value: string): void {
    this.typed = { ...this.typed, [path]: value };
  }

  /** After a field was left: suggests an empty code again, and reduces a pasted address to what the field needs. */
  left(path: string, value: string): void {
    if (path === 'code' && value === '' && this.#suggestsCode) this.drop((typed) => typed === 'code');
    const field = this.fieldAt(path);
    const reduced = field && takesAddress(field) && value !== '' ? reduceAddress(field, value) : null;
    if (reduced === null || reduced === value || this.#kept.get(path) === value.trim()) return;
    // Trimmed white space needs no Undo.
    if (value.trim() !== reduced) this.#reduced.set(path, value.trim());
    this.type(path, reduced);
  }

  /** The address as typed, where the field shows its reduced form. */
  reducedFrom(path: string): string | undefined {
    const field = this.fieldAt(path);
    const from = this.#reduced.get(path);
    return field && from !== undefined && reduceAddress(field, from) === this.typed[path] ? from : undefined;
  }

  /** Restores the address as typed; the server reduces it. */
  undo(path: string): void {
    const from = this.reducedFrom(path);
    if (from === undefined) return;
    this.#kept.set(path, from);
    this.#reduced.delete(path);
    this.type(path, from);
  }

  /** The chosen provider's field of that path. */
  fieldAt(path: string): ProviderField | undefined {
    return this.chosen?.fields.find((field) => pathOf(field) === path);
  }

  drop(isDropped: (path: string) => boolean): void {
    this.typed = Object.fromEntries(Object.entries(this.typed).filter(([path]) => !isDropped(path)));
  }

  /** Drops values that were typed back to what is stored: they are no change. */
  dropUnchanged(): void {
    this.drop((path) => this.typed[path] === this.presentAt(path));
  }

  /** Treats the stored values of a token that was deleted as typed. */
  keep({ name, code, description, owner }: ProviderToken): void {
    const values = Object.entries(this.openValues).map(([id, text]) => [`values.${id}`, text] as const);
    const stored = { name, code: code ?? '', description, owner: owner.kind };
    this.typed = { ...stored, ...Object.fromEntries(values), ...this.typed };
  }

  /** As an event tells of it: all but the secrets. */
  get draft(): ProviderTokenDraft {
    const { policy, token } = this.#present() ?? {};
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

  get openValues(): Record<string, string> {
    const { chosen: provider, valueAt } = this;
    return provider ? openValues({ provider, valueAt }) : {};
  }

  get #suggestsCode(): boolean {
    const { policy, token } = this.#present() ?? {};
    return !token && policy?.providerTokens?.fields.code === 'required';
  }

  #suggestedCode(): string {
    return codeFrom(this.valueAt('name')) || codeFrom(this.valueAt('provider'));
  }
}
