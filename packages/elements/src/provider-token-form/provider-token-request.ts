import {
  InvalidError,
  isBlank,
  type NewProviderToken,
  type Provider,
  type ProviderField,
  type ProviderToken,
  type ProviderTokenPatch,
  type ProviderTokensPolicy,
} from '@ai-cockpit/sdk';
import { askedFields, isSecret, pathOf, type ValueAt } from '../provider-tokens/provider-fields.js';

/** A filled form. Secrets are asked for one by one, when the request is made, and kept nowhere else. */
export interface FilledForm {
  readonly provider: Provider;
  readonly fields: ProviderTokensPolicy['fields'];
  readonly valueAt: ValueAt;
  readonly secretAt: ValueAt;
}

const textNames = ['name', 'code', 'description'] as const;

const offeredTexts = ({ fields, valueAt }: Omit<FilledForm, 'secretAt'>) =>
  textNames.filter((name) => fields[name] !== 'hidden').map((name) => [name, valueAt(name) ?? ''] as const);

/** The values of a filled form other than secrets, by field. */
export const openValues = ({ provider, valueAt }: Pick<FilledForm, 'provider' | 'valueAt'>): Record<string, string> =>
  Object.fromEntries(
    askedFields(provider, valueAt)
      .filter((field) => !isSecret(field))
      .map((field) => [field.id, valueAt(pathOf(field)) ?? ''] as const)
      .filter(([, value]) => value !== ''),
  );

const secretsIn = ({ provider, valueAt, secretAt }: FilledForm): Record<string, string> =>
  Object.fromEntries(
    askedFields(provider, valueAt)
      .filter(isSecret)
      .map((field) => [field.id, secretAt(pathOf(field)) ?? ''] as const)
      .filter(([, value]) => value !== ''),
  );

export const newProviderToken = (form: FilledForm): NewProviderToken => ({
  provider: form.provider.id,
  ...Object.fromEntries(offeredTexts(form).filter(([, text]) => !isBlank(text))),
  values: { ...openValues(form), ...secretsIn(form) },
});

/** Only what differs; an optional value that was cleared is `null`, and a secret left blank is left out. */
export const providerTokenPatch = (token: ProviderToken, form: FilledForm): ProviderTokenPatch => {
  const { provider, valueAt } = form;
  const changedValue = (field: ProviderField) => {
    const value = valueAt(pathOf(field)) ?? '';
    return value === (token.values[field.id] ?? '') ? [] : [[field.id, value || null] as const];
  };
  const open = askedFields(provider, valueAt).filter((field) => !isSecret(field));
  const values = { ...Object.fromEntries(open.flatMap(changedValue)), ...secretsIn(form) };
  const texts = offeredTexts(form)
    .filter(([name, text]) => text !== (token[name] ?? ''))
    .map(([name, text]) => [name, name === 'code' ? text || null : text] as const);
  return { ...Object.fromEntries(texts), ...(Object.keys(values).length > 0 && { values }) };
};

/** Where there is one token a provider: there already is. */
export const isTaken = (error: unknown): boolean =>
  error instanceof InvalidError && error.errors.some(({ path, code }) => path === 'provider' && code === 'duplicate');
