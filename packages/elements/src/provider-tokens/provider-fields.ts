import {
  credentialErrorCode,
  type FieldErrorCode,
  type Provider,
  type ProviderField,
  readEmail,
  reduceAddress,
  takesAddress,
  trimEdges,
  visibleText,
} from '@ai-cockpit/sdk';
import { providerName } from '../locales/given-name.js';
import { textsIn } from '../locales/languages.js';
import type { Localizer, ProviderTokenId } from '../locales/localizer.js';

/** The fields of the form itself: a provider's field of the same label says whose it is. */
const ownLabels = ['provider', 'owner', 'name', 'code', 'description'] as const;

/** A provider with its texts in the person's language, where it has them, and in the host's wording. */
export const localizeProvider = (provider: Provider, localizer: Localizer<ProviderTokenId>): Provider => {
  const name = providerName(provider, localizer);
  const texts = textsIn(provider.messages, localizer.locale);
  const textAt = <T extends string | null>(place: string, text: T) =>
    text && localizer.given(`provider.${provider.id}.${place}`, texts[place] ?? text);
  const taken = ownLabels.map((id) => localizer.text(`providerToken.${id}`).toLocaleLowerCase());
  const labelled = (label: string) => (taken.includes(label.toLocaleLowerCase()) ? `${label} (${name})` : label);
  return {
    ...provider,
    name,
    hint: textAt('hint', provider.hint),
    fields: provider.fields.map((field) => {
      const place = `fields.${field.id}`;
      return {
        ...field,
        label: labelled(textAt(`${place}.label`, field.label)),
        hint: textAt(`${place}.hint`, field.hint),
        placeholder: textAt(`${place}.placeholder`, field.placeholder),
        options: field.options?.map(({ id, label }) => ({ id, label: textAt(`${place}.options.${id}`, label) })),
      };
    }),
  };
};

const openKinds: readonly string[] = ['text', 'email', 'host', 'url', 'choice'];

/** A field of a kind that this version does not know is treated as a secret: it is never shown or told of. */
export const isSecret = ({ kind }: ProviderField): boolean => !openKinds.includes(kind);

/** The error of a value, as far as the client can know it. Nothing of a secret is kept. */
export const checkValue = (field: ProviderField, value: string): FieldErrorCode | undefined => {
  if (field.kind === 'secret') {
    const text = trimEdges(value);
    return text === '' ? 'required' : credentialErrorCode(text);
  }
  if (takesAddress(field)) return reduceAddress(field, value) === null ? 'format' : undefined;
  return field.kind === 'email' && !readEmail(value) ? 'format' : undefined;
};

/** Whether a text is a code, once it is trimmed as it is kept. */
export const isCode = (text: string): boolean => /^[a-z0-9][a-z0-9-]*$/.test(visibleText(text));

/** The path of a field in a request, and so the name of its control. */
export const pathOf = ({ id }: ProviderField): string => `values.${id}`;

export type ValueAt = (path: string) => string | null | undefined;

/** The fields that a provider asks for, given what has been answered so far. */
export const askedFields = ({ fields }: Provider, valueAt: ValueAt): readonly ProviderField[] =>
  fields.filter(({ when }) => !when || valueAt(`values.${when.field}`) === when.value);

/** The hint and the guide, where they hold for what has been answered so far, as for a way of signing in. */
export const guideOf = (provider: Provider, valueAt: ValueAt): Partial<Pick<Provider, 'hint' | 'guideUrl'>> => {
  const { guideWhen, fields } = provider;
  const field = guideWhen && fields.find(({ id }) => id === guideWhen.field);
  return field && (valueAt(pathOf(field)) ?? initialValue(field)) !== guideWhen.value ? {} : provider;
};

/** The initial value of a field: the first option of a required choice, else empty. */
export const initialValue = ({ kind, required, options }: ProviderField): string =>
  (kind === 'choice' && required && options?.[0]?.id) || '';

/** A code made of a text: `Jira – Team Öst` → `jira-team-ost`. Empty where nothing of it fits into one. */
export const codeFrom = (text: string): string =>
  text
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-|-$/g, '');
