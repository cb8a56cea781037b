import {
  credentialErrorCode,
  isBlank,
  type ProviderField,
  readEmail,
  reduceAddress,
  takesAddress,
  trimEdges,
  visibleText,
} from '@ai-cockpit/sdk/contract';
import type { Catalogue, CatalogueProvider } from '../providers/catalogue.js';
import type { Values } from '../providers/templates.js';
import type { FieldError } from './problem-error.js';
import { looksLikeSecret } from './secret-guard.js';

/** The values of a request, by field: `null` clears a value, an absent or empty one keeps it. */
export type SentValues = Readonly<Record<string, string | null>>;

/** A token's values, apart by whether they may be seen again. */
export interface SplitValues {
  open: Record<string, string>;
  secret: Record<string, string>;
}

/** The longest value other than a secret, in UTF-16 code units. */
const longestText = 300;
const controls = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
const passwordControls = /[\p{Cc}\p{Cs}]/u;

const isSecret = ({ kind }: ProviderField): boolean => kind === 'secret' || kind === 'password';

const isApplicable = ({ when }: ProviderField, values: Values): boolean => !when || values[when.field] === when.value;

/** The value to store: the reduced address, or the text as typed where it cannot be reduced. */
const normalised = (field: ProviderField, value: string): string => {
  // Exactly as it was typed: a space may be part of it.
  if (field.kind === 'password') return value;
  if (field.kind === 'secret') return trimEdges(value);
  if (takesAddress(field)) return reduceAddress(field, value) ?? visibleText(value);
  return field.kind === 'email' ? (readEmail(value)?.address ?? value).toLowerCase() : visibleText(value);
};

/** @param entered The value before it was normalised: in another letter case a secret is not told any more. */
const errorCodeOf = (
  catalogue: Catalogue,
  provider: CatalogueProvider,
  field: ProviderField,
  value: string,
  entered: string,
): FieldError['code'] | null => {
  if (field.kind === 'password') return passwordControls.test(value) ? 'characters' : accepted(provider, field, value);
  // Before its control characters: a line break inside is said to be white space, as in the form.
  if (field.kind === 'secret') return credentialErrorCode(value) ?? accepted(provider, field, value);
  if (controls.test(value)) return 'characters';
  if (looksLikeSecret(catalogue, entered) || looksLikeSecret(catalogue, value)) return 'looks_like_secret';
  if (takesAddress(field) && reduceAddress(field, entered) === null) return 'format';
  if (value.length > longestText) return 'too_long';
  if (field.kind === 'email' && !readEmail(value)) return 'format';
  if (isBlank(value)) return 'characters';
  if (field.kind === 'choice' && !field.options?.some(({ id }) => id === value)) return 'format';
  return accepted(provider, field, value);
};

const accepted = (provider: CatalogueProvider, field: ProviderField, value: string): FieldError['code'] | null =>
  provider.accepts(field, value) ? null : 'format';

export const splitValues = ({ description }: CatalogueProvider, values: Values): SplitValues => {
  const split: SplitValues = { open: {}, secret: {} };
  for (const field of description.fields) {
    const value = values[field.id];
    if (value !== undefined) split[isSecret(field) ? 'secret' : 'open'][field.id] = value;
  }
  return split;
};

/** The values that a token has after a change, and what is wrong with the change. */
export const mergeValues = (
  catalogue: Catalogue,
  provider: CatalogueProvider,
  before: Values,
  sent: SentValues,
): { values: Values; fieldErrors: FieldError[] } => {
  const { fields } = provider.description;
  const values: Record<string, string> = { ...before };
  const fieldErrors: FieldError[] = [];
  const add = (field: string, code: FieldError['code']) => fieldErrors.push({ path: `values.${field}`, code });

  for (const id of Object.keys(sent)) if (!fields.some((field) => field.id === id)) add(id, 'unknown');

  const entered = new Map<string, string>();
  for (const field of fields) {
    const value = Object.hasOwn(sent, field.id) ? sent[field.id] : undefined;
    if (value === null) delete values[field.id];
    const text = value ? normalised(field, value) : '';
    if (!value || !text) continue;
    values[field.id] = text;
    entered.set(field.id, value);
  }

  for (const field of fields) {
    const value = values[field.id];
    if (!isApplicable(field, values)) {
      // Values of fields that the new choice no longer asks for are dropped; sending one is an error.
      delete values[field.id];
      if (entered.has(field.id)) add(field.id, 'not_offered');
    } else if (value === undefined) {
      if (field.required) add(field.id, 'required');
    } else {
      const text = entered.get(field.id);
      const code = text === undefined ? null : errorCodeOf(catalogue, provider, field, value, text);
      if (code) add(field.id, code);
    }
  }

  const isNew = Object.keys(before).length === 0;
  if (!isNew && provider.destinations.some((field) => before[field] !== values[field])) {
    for (const field of fields)
      if (isSecret(field) && values[field.id] !== undefined && !entered.has(field.id)) add(field.id, 'secret_required');
  }
  return { values, fieldErrors };
};
