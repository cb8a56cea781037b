import { Email, type ProviderField } from '@ai-cockpit/sdk/contract';
import type { Catalogue, CatalogueProvider } from '../providers/catalogue.js';
import type { Values } from '../providers/templates.js';
import type { FieldFault } from './refusal.js';
import { looksLikeSecret } from './secret-guard.js';

/** What somebody sends for a provider's fields: `null` clears, absent or empty keeps. */
export type SentValues = Readonly<Record<string, string | null>>;

/** A token's values, apart by whether they may be seen again. */
export interface SplitValues {
  open: Record<string, string>;
  secret: Record<string, string>;
}

const controls = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
const longestText = 300;

const isAsked = ({ when }: ProviderField, values: Values): boolean => !when || values[when.field] === when.value;

/** Pasted with a space or line end around it; a host in any letter case is the same host. */
const normalised = ({ kind }: ProviderField, value: string): string => {
  const trimmed = value.trim().normalize('NFC');
  // A host is mostly pasted from the address bar.
  if (kind === 'host')
    return trimmed
      .toLowerCase()
      .replace(/^https:\/\//, '')
      .replace(/\/$/, '');
  return kind === 'email' ? trimmed.toLowerCase() : trimmed;
};

/** @param entered The value before it was normalised: in another letter case a secret is not told any more. */
const faultIn = (
  catalogue: Catalogue,
  provider: CatalogueProvider,
  field: ProviderField,
  value: string,
  entered: string,
): FieldFault['code'] | null => {
  if (controls.test(value)) return 'characters';
  if (field.kind !== 'secret') {
    if (value.length > longestText) return 'too_long';
    if (looksLikeSecret(catalogue, entered)) return 'looks_like_secret';
  }
  if (field.kind === 'email' && !Email.safeParse(value).success) return 'format';
  if (field.kind === 'choice' && !field.options?.some(({ id }) => id === value)) return 'format';
  return provider.accepts(field, value) ? null : 'format';
};

export const splitValues = ({ description }: CatalogueProvider, values: Values): SplitValues => {
  const split: SplitValues = { open: {}, secret: {} };
  for (const { id, kind } of description.fields) {
    const value = values[id];
    if (value !== undefined) split[kind === 'secret' ? 'secret' : 'open'][id] = value;
  }
  return split;
};

/** The values that a token has after a change, and what is wrong with the change. */
export const mergeValues = (
  catalogue: Catalogue,
  provider: CatalogueProvider,
  before: Values,
  sent: SentValues,
): { values: Values; faults: FieldFault[] } => {
  const { fields } = provider.description;
  const values: Record<string, string> = { ...before };
  const faults: FieldFault[] = [];
  const fault = (field: string, code: FieldFault['code']) => faults.push({ path: `values.${field}`, code });

  for (const id of Object.keys(sent)) if (!fields.some((field) => field.id === id)) fault(id, 'unknown');

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
    if (!isAsked(field, values)) {
      // What was asked for before another choice is forgotten; what is sent all the same is an error.
      delete values[field.id];
      if (entered.has(field.id)) fault(field.id, 'not_offered');
    } else if (value === undefined) {
      if (field.required) fault(field.id, 'required');
    } else {
      const text = entered.get(field.id);
      const code = text === undefined ? null : faultIn(catalogue, provider, field, value, text);
      if (code) fault(field.id, code);
    }
  }

  const isNew = Object.keys(before).length === 0;
  if (!isNew && provider.destinations.some((field) => before[field] !== values[field])) {
    for (const { id, kind } of fields)
      if (kind === 'secret' && values[id] !== undefined && !entered.has(id)) fault(id, 'secret_required');
  }
  return { values, faults };
};
