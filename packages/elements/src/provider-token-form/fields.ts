import type { OwnerKind, Policy, Provider, ProviderField, ProviderToken, ProviderTokensPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Localizer } from '../locales/localizer.js';
import { externalLinkView } from '../views/external-link.js';
import { describedBy, fieldView } from '../views/field.js';
import { ownerName } from '../views/owner.js';
import { askedFields, isSecret, pathOf } from './provider-fields.js';

/** What every field is drawn from. A control's name is its path in the request. */
export interface FieldContext {
  readonly localizer: Localizer;
  /** What is wrong with the field of that path. */
  readonly error: (path: string) => string | undefined;
  /** What stands there, by path; of secrets nothing. */
  readonly valueAt: (path: string) => string;
}

interface Control {
  readonly field: ProviderField;
  readonly required: boolean;
  readonly context: FieldContext;
}

const isInvalid = (path: string, { error }: FieldContext) => (error(path) ? 'true' : 'false');

export const providerChoiceView = (providers: readonly Provider[], context: FieldContext) => {
  const { localizer, valueAt } = context;
  const error = context.error('provider');
  const chosen = valueAt('provider');
  return fieldView({
    id: 'provider',
    label: localizer.text('providerToken.provider'),
    requirement: 'required',
    error: error === 'required' ? 'choose' : error,
    localizer,
    control: html`<select
      id="provider"
      name="provider"
      part="input"
      required
      aria-describedby=${describedBy('provider')}
      aria-invalid=${isInvalid('provider', context)}
    >
      <option value="" .selected=${!chosen}>${localizer.text('providerToken.chooseProvider')}</option>
      ${providers.map(({ id, name }) => html`<option value=${id} .selected=${id === chosen}>${name}</option>`)}
    </select>`,
  });
};

/** The provider's hint, and the way to its own instructions. */
export const guideView = ({ hint, guideUrl, name }: Provider, { localizer }: FieldContext) =>
  hint || guideUrl
    ? html`<div class="guide" part="guide">
        ${hint ? html`<p>${hint}</p>` : nothing}
        ${externalLinkView({
          href: guideUrl,
          label: localizer.text('providerToken.guide', { provider: name }),
          localizer,
        })}
      </div>`
    : nothing;

export const ownerChoiceView = (owners: readonly OwnerKind[], policy: Policy, { localizer, valueAt }: FieldContext) =>
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
          .checked=${live(owner === valueAt('owner'))}
        />
        <label for=${owner}>${ownerName(owner, policy, localizer)}</label>
        <span class="note" id=${describedBy(owner)}>${localizer.text(`providerToken.owner.${owner}.help`)}</span>
      </div>`,
    )}
  </fieldset>`;

const maxLengths = { name: 100, code: 50, description: 500 } as const;

/** One of the texts that every token may have. */
export const textView = (
  path: keyof typeof maxLengths,
  presence: ProviderTokensPolicy['fields']['name'] | undefined,
  context: FieldContext,
) => {
  if (!presence || presence === 'hidden') return nothing;
  const { localizer, valueAt } = context;
  const error = context.error(path);
  const isCode = path === 'code';
  return fieldView({
    id: path,
    label: localizer.text(`providerToken.${path}`),
    requirement: presence,
    help: localizer.text(`providerToken.${path}.help`),
    error: error === 'format' && isCode ? 'code' : error,
    localizer,
    control: html`<input
      id=${path}
      name=${path}
      part="input"
      type="text"
      autocomplete="off"
      autocapitalize=${isCode ? 'none' : 'sentences'}
      spellcheck=${path === 'description'}
      maxlength=${maxLengths[path]}
      pattern=${isCode ? '[a-z0-9][a-z0-9\\-]*' : nothing}
      ?required=${presence === 'required'}
      aria-describedby=${describedBy(path)}
      aria-invalid=${isInvalid(path, context)}
      .value=${live(valueAt(path))}
    />`,
  });
};

const choiceControl = ({ field, required, context }: Control) => {
  const path = pathOf(field);
  const value = context.valueAt(path);
  return html`<select
    id=${path}
    name=${path}
    part="input"
    ?required=${required}
    aria-describedby=${describedBy(path)}
    aria-invalid=${isInvalid(path, context)}
  >
    ${required ? nothing : html`<option value="" .selected=${value === ''}></option>`}
    ${field.options?.map(({ id, label }) => html`<option value=${id} .selected=${id === value}>${label}</option>`)}
  </select>`;
};

/** Without a binding for its value: what is typed here is read when it is sent, and at no other time. */
const secretControl = ({ field, required, context }: Control) => {
  const path = pathOf(field);
  // The placeholder lets `:placeholder-shown` tell whether something was typed.
  return html`<input
    id=${path}
    name=${path}
    part="input"
    type="password"
    autocomplete="new-password"
    autocapitalize="none"
    spellcheck="false"
    placeholder=" "
    data-1p-ignore
    data-lpignore="true"
    ?required=${required}
    aria-describedby=${describedBy(path)}
    aria-invalid=${isInvalid(path, context)}
  />`;
};

const valueControl = ({ field, required, context }: Control) => {
  const path = pathOf(field);
  const { kind, placeholder } = field;
  return html`<input
    id=${path}
    name=${path}
    part="input"
    type=${kind === 'email' || kind === 'url' ? kind : 'text'}
    inputmode=${kind === 'host' ? 'url' : nothing}
    autocomplete="off"
    autocapitalize="none"
    spellcheck="false"
    maxlength="300"
    placeholder=${placeholder ?? nothing}
    ?required=${required}
    aria-describedby=${describedBy(path)}
    aria-invalid=${isInvalid(path, context)}
    .value=${live(context.valueAt(path))}
  />`;
};

const controlOf = (control: Control) => {
  if (control.field.kind === 'choice') return choiceControl(control);
  return isSecret(control.field) ? secretControl(control) : valueControl(control);
};

/** Exactly what the provider asks for, given what has been answered; `token` is the one being edited. */
export const providerFieldsView = (provider: Provider, token: ProviderToken | undefined, context: FieldContext) => {
  const { localizer } = context;
  // Asked for by what is stored, so that there is a value to keep.
  const stored = token ? askedFields(provider, (path) => token.values[path.slice('values.'.length)]) : [];
  return repeat(
    askedFields(provider, context.valueAt),
    // Never one provider's input for another's: a secret may stand in it.
    ({ id }) => `${provider.id} ${id}`,
    (field) => {
      const { hint, kind, label, placeholder } = field;
      const path = pathOf(field);
      const isKept = isSecret(field) && stored.includes(field);
      const required = field.required && !isKept;
      const error = context.error(path);
      return fieldView({
        id: path,
        label,
        requirement: isKept ? undefined : required ? 'required' : 'optional',
        help: [hint, isKept && localizer.text('providerToken.keepSecret')].filter(Boolean).join(' '),
        error: error === 'format' && kind === 'email' ? 'email' : error,
        example: placeholder ?? undefined,
        localizer,
        control: controlOf({ field, required, context }),
      });
    },
  );
};
