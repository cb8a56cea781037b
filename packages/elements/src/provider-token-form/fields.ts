import {
  type OwnerKind,
  type Policy,
  type Provider,
  type ProviderField,
  type ProviderToken,
  type ProviderTokensPolicy,
  takesAddress,
  visibleText,
} from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { alertIcon } from '../icons/icons.js';
import type { Localizer, ProviderTokenId } from '../locales/localizer.js';
import { externalLinkView } from '../views/external-link.js';
import { describedBy, inputView, type SecretDisplay, selectView, textAreaView } from '../views/field.js';
import { ownerName } from '../views/owner.js';
import { providerMarkView } from '../views/provider-mark.js';
import type { FormModel } from './form-model.js';
import { askedFields, guideOf, isSecret, pathOf } from '../provider-tokens/provider-fields.js';

/** The input of every field's view. The name of a control is its path in the request. */
export interface FieldContext {
  readonly localizer: Localizer<ProviderTokenId>;
  /** The error of the field of that path. */
  readonly error: (path: string) => string | undefined;
  /** The length of a text that is too long, by path. */
  readonly tooLong: (path: string) => number | undefined;
  /** The value of a field, by path; empty for secrets. */
  readonly valueAt: (path: string) => string;
  /** The address as typed, where the field shows its reduced form; by path. */
  readonly reducedFrom: (path: string) => string | undefined;
  /** Restores that address. */
  readonly undo: (path: string) => void;
  /** Whether the characters of a secret are shown. */
  readonly isShown: (path: string) => boolean;
  /** Shows or hides them. */
  readonly toggle: (path: string) => void;
}

/** Provider and owner, where they cannot be chosen. */
const factsView = (
  provider: Provider | undefined,
  policy: Policy | undefined,
  { localizer, valueAt }: FieldContext,
) => {
  // Where every token is the person's own, there is nothing to say.
  const isShared = policy?.providerTokens?.owners.includes('organization');
  const owner = policy && isShared && ownerName(valueAt('owner'), policy, localizer);
  const facts = [
    ['providerToken.provider', provider && html`${providerMarkView(provider)} ${provider.name}`],
    ['providerToken.owner', owner],
  ] as const;
  return provider || owner
    ? html`<dl class="facts" part="facts">
        ${facts.map(([id, fact]) => (fact ? html`<div><dt>${localizer.text(id)}</dt><dd>${fact}</dd></div>` : nothing))}
      </dl>`
    : nothing;
};

const providerChoiceView = (
  providers: readonly Provider[],
  chosen: Provider | undefined,
  { localizer, valueAt, error }: FieldContext,
) => {
  const code = error('provider');
  return selectView({
    id: 'provider',
    label: localizer.text('providerToken.provider'),
    requirement: 'required',
    error: code === 'required' ? 'choose' : code,
    localizer,
    value: valueAt('provider'),
    mark: chosen && providerMarkView(chosen),
    options: [
      { id: '', label: localizer.text('providerToken.chooseProvider') },
      ...providers.map((it) => ({ id: it.id, label: it.name, mark: providerMarkView(it) })),
    ],
  });
};

/** The provider's hint, and the way to its own instructions. */
const guideView = (provider: Provider, { localizer, valueAt }: FieldContext) => {
  const { name } = provider;
  const { hint, guideUrl } = guideOf(provider, valueAt);
  return hint || guideUrl
    ? html`<div class="guide" part="guide">
        ${hint ? html`<p>${hint}</p>` : nothing}
        ${externalLinkView({
          href: guideUrl ?? null,
          label: localizer.text('providerToken.guide', { provider: name }),
          localizer,
        })}
      </div>`
    : nothing;
};

const ownerChoiceView = (owners: readonly OwnerKind[], policy: Policy, { localizer, valueAt }: FieldContext) =>
  html`<fieldset part="owner">
    <legend>${localizer.text('providerToken.owner')}</legend>
    ${owners.map(
      (owner) => html`<div class="option">
        <input
          id=${owner}
          type="radio"
          name="owner"
          value=${owner}
          aria-describedby=${describedBy(owner)}
          .checked=${owner === valueAt('owner')}
        />
        <label for=${owner}>${ownerName(owner, policy, localizer)}</label>
        <span class="note" id=${describedBy(owner)}>${localizer.text(`providerToken.owner.${owner}.help`)}</span>
      </div>`,
    )}
  </fieldset>`;

const maxLengths = { name: 100, code: 50, description: 500 } as const;

/** Warns that agents ask by the code that is stored. */
const codeWarningView = (code: string, token: ProviderToken | undefined, localizer: FieldContext['localizer']) =>
  token?.code && visibleText(code) !== token.code
    ? html`<span class="warn" part="code-warning" role="status"
        >${alertIcon}${localizer.text('providerToken.codeChanged', { code: token.code })}</span
      >`
    : undefined;

/** One of the texts that every token may have. */
const textView = (
  path: keyof typeof maxLengths,
  presence: ProviderTokensPolicy['fields']['name'] = 'hidden',
  { localizer, valueAt, error, tooLong }: FieldContext,
  token: ProviderToken | undefined,
) => {
  if (presence === 'hidden') return nothing;
  const code = error(path);
  const isCode = path === 'code';
  const field = {
    id: path,
    label: localizer.text(`providerToken.${path}`),
    requirement: presence,
    help: (isCode && codeWarningView(valueAt(path), token, localizer)) || localizer.text(`providerToken.${path}.help`),
    error: code === 'format' && isCode ? 'code' : code,
    localizer,
    maxLength: maxLengths[path],
    tooLong: tooLong(path),
    value: valueAt(path),
  };
  return path === 'description' ? textAreaView(field) : inputView({ ...field, verbatim: isCode });
};

/** A note that the address was reduced, and its Undo button. */
const reducedView = (path: string, from: string, { localizer, undo }: FieldContext) =>
  html`${localizer.text('providerToken.reduced', { address: from.length > 80 ? `${from.slice(0, 79)}…` : from })}
    <button type="button" part="undo" @click=${() => undo(path)}>${localizer.text('undo')}</button>`;

/** The button of a secret, which shows what is typed or hides it again. */
const secretDisplay = (path: string, { localizer, isShown, toggle }: FieldContext): SecretDisplay => {
  const isOn = isShown(path);
  return {
    isShown: isOn,
    toggle: () => toggle(path),
    text: localizer.text(isOn ? 'providerToken.hide' : 'providerToken.show'),
  };
};

/** An example of an address, where neither the provider nor the host has one. */
const exampleOf = ({ kind }: ProviderField) =>
  kind === 'url' ? 'https://example.com' : kind === 'host' ? 'example.com' : undefined;

/** The fields that the provider asks for, given the answers so far; `token` is the one being edited. */
const providerFieldsView = (provider: Provider, token: ProviderToken | undefined, context: FieldContext) => {
  const { localizer, valueAt } = context;
  // Fields that the stored values ask for: only these have a value to keep.
  const stored = token ? askedFields(provider, (path) => token.values[path.slice('values.'.length)]) : [];
  return repeat(
    askedFields(provider, valueAt),
    // Never reuse one provider's input for another's: it may hold a secret.
    ({ id }) => `${provider.id} ${id}`,
    (asked) => {
      const { hint, kind, label, placeholder, options = [] } = asked;
      const id = pathOf(asked);
      const isHidden = isSecret(asked);
      const isKept = isHidden && stored.includes(asked);
      const required = asked.required && !isKept;
      const code = context.error(id);
      // Every error of an address shows an example.
      const error = takesAddress(asked) && (code === 'characters' || code === 'too_long') ? 'format' : code;
      const from = context.reducedFrom(id);
      const field = {
        id,
        label,
        requirement: isKept ? undefined : required ? ('required' as const) : ('optional' as const),
        help: from
          ? reducedView(id, from, context)
          : [hint, isKept && localizer.text('providerToken.keepSecret')].filter(Boolean).join(' '),
        error: error === 'format' && kind === 'email' ? 'email' : error,
        example: placeholder ?? exampleOf(asked),
        localizer,
        // A secret is read from its input when it is sent, and at no other time.
        value: isHidden ? undefined : valueAt(id),
      };
      if (kind === 'choice') {
        return selectView({ ...field, options: required ? options : [{ id: '', label: '' }, ...options] });
      }
      const isAddress = takesAddress(asked);
      return inputView({
        ...field,
        verbatim: true,
        tooLong: context.tooLong(id),
        ...(isHidden
          ? // The placeholder lets `:placeholder-shown` tell whether something was typed.
            { secret: secretDisplay(id, context), maxLength: 4000, placeholder: ' ' }
          : isAddress
            ? { inputMode: kind === 'text' ? undefined : 'url', placeholder }
            : { type: kind, maxLength: 300, placeholder }),
      });
    },
  );
};

/** The provider: stated where only one is possible, else to be chosen. */
export const providerView = (
  { providers, policy, owners, token }: FormModel,
  chosen: Provider | undefined,
  given: string | undefined,
  isNamed: boolean,
  context: FieldContext,
) => {
  const isFixed = token || providers.length === 1 || providers.some(({ id }) => id === given);
  const isOwned = token || owners.length === 1;
  return html`
    ${factsView(isFixed && !isNamed ? chosen : undefined, isOwned ? policy : undefined, context)}
    ${isFixed ? nothing : providerChoiceView(providers, chosen, context)} ${chosen ? guideView(chosen, context) : nothing}
  `;
};

/** Every other field. The chosen provider decides which there are: before that, there is none. */
export const fieldsView = (
  { policy, owners, token }: FormModel,
  chosen: Provider | undefined,
  context: FieldContext,
) => {
  const { name, code, description } = policy.providerTokens?.fields ?? {};
  if (!chosen) return nothing;
  return html`
    ${token || owners.length < 2 ? nothing : ownerChoiceView(owners, policy, context)}
    ${textView('name', name, context, token)} ${textView('code', code, context, token)}
    ${providerFieldsView(chosen, token, context)} ${textView('description', description, context, token)}
  `;
};
