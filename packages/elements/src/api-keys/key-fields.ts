import { ApiError, type ApiKeysPolicy, PageLeftError } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { alertIcon } from '../icons/icons.js';
import { dateText } from '../locales/dates.js';
import { moduleName } from '../locales/given-name.js';
import type { apiKey } from '../locales/en/api-key.js';
import type { Localizer } from '../locales/localizer.js';
import { describedBy, type FieldView, fieldErrorText, inputView, selectView } from '../views/field.js';
import { noticeView, problemView } from '../views/problem.js';
import type { KeyForm } from './key-form.js';

export type ApiKeyLocalizer = Localizer<keyof typeof apiKey>;

export interface KeyFieldsView {
  readonly policy: ApiKeysPolicy;
  readonly localizer: ApiKeyLocalizer;
  readonly keyForm: KeyForm;
}

const custom = 'custom';
const dayLength = 86_400_000;

/** A calendar date that many days from now, in UTC, as the server counts them. */
const dateInDays = (days: number, now: number) => new Date(now + days * dayLength).toISOString().slice(0, 10);

/** Presets beside a date: they spare people the calendar. */
const presetsInDays = [30, 90, 365];

const maxLengths = { name: 100, description: 500 } as const;

const textField = (id: keyof typeof maxLengths, { policy, localizer, keyForm }: KeyFieldsView) => {
  const presence = policy.fields[id];
  if (presence === 'hidden') return nothing;
  const { form } = keyForm;
  return inputView({
    id,
    label: localizer.text(`apiKey.${id}`),
    requirement: presence,
    help: id === 'description' ? localizer.text('apiKey.purpose') : undefined,
    error: form.error(id),
    localizer,
    maxLength: maxLengths[id],
    tooLong: form.tooLong(id),
  });
};

const moduleField = ({ policy: { modules }, localizer, keyForm }: KeyFieldsView) =>
  modules.length === 0
    ? nothing
    : selectView({
        id: 'module',
        label: localizer.text('apiKey.module'),
        requirement: 'optional',
        help: localizer.text('apiKey.moduleHelp'),
        error: keyForm.form.error('module'),
        localizer,
        options: [
          { id: '', label: localizer.text('apiKey.everything') },
          ...modules.map((module) => ({ id: module.id, label: moduleName(module, localizer) })),
        ],
      });

/** The first and last valid date. It is a hint: the server decides. */
const dateLimits = ({ policy: { expiry }, localizer }: KeyFieldsView) => {
  const now = localizer.now();
  return { min: dateInDays(1, now), max: expiry.maxInDays === null ? undefined : dateInDays(expiry.maxInDays, now) };
};

/** Error texts that name the valid dates, for a date that the server refused. */
const dateErrors = (view: KeyFieldsView): FieldView['errorTexts'] => {
  const { localizer } = view;
  const { min, max } = dateLimits(view);
  const first = dateText(min, localizer.locale);
  if (!max) return { not_in_future: localizer.text('apiKey.dateFrom', { first }) };
  const range = localizer.text('apiKey.dateBetween', { first, last: dateText(max, localizer.locale) });
  return { not_in_future: range, beyond_maximum: range };
};

/** A number of days and the date that they lead to. */
const presetText = (days: number, date: string, localizer: ApiKeyLocalizer): string =>
  localizer.text('apiKey.preset', {
    period: localizer.counted('apiKey.days', days),
    date: dateText(date, localizer.locale),
  });

/** Buttons that fill in the date, where there is a date alone. */
const presetsView = ({ policy: { expiry }, localizer, keyForm }: KeyFieldsView) => {
  const { maxInDays } = expiry;
  const presets = presetsInDays.filter((days) => maxInDays === null || days <= maxInDays);
  return presets.length === 0
    ? nothing
    : html`<div class="presets" part="presets" role="group" aria-label=${localizer.text('apiKey.expiresIn')}>
        ${presets.map((days) => {
          const date = dateInDays(days, localizer.now());
          return html`<button
            type="button"
            part="preset"
            aria-pressed=${keyForm.expiresAt === date}
            @click=${() => keyForm.fillInDate(date)}
          >
            ${presetText(days, date, localizer)}
          </button>`;
        })}
      </div>`;
};

const dateField = (view: KeyFieldsView, required: boolean) => {
  const { localizer, keyForm } = view;
  return inputView({
    id: 'expiresAt',
    label: localizer.text('apiKey.expiresAt'),
    requirement: required ? 'required' : 'optional',
    help: localizer.text(required ? 'apiKey.throughDay' : 'apiKey.throughDayOrNever'),
    error: keyForm.form.error('expiresAt'),
    localizer,
    errorTexts: dateErrors(view),
    type: 'date',
    ...dateLimits(view),
  });
};

const choicesField = (view: KeyFieldsView) => {
  const { policy, localizer, keyForm } = view;
  const { mode, choicesInDays, defaultInDays, custom: offersCustom } = policy.expiry;
  const required = mode === 'required';
  const choice = (value: string, label: string, checked = false) => html`<label class="choice">
    <input
      type="radio"
      name="expiresInDays"
      value=${value}
      ?required=${required}
      ?checked=${checked}
      @change=${() => keyForm.chooseExpiry(value === custom)}
    />
    ${label}
  </label>`;
  const error = keyForm.form.error('expiresInDays');
  return html`
    <fieldset class="field" part="field" aria-describedby=${describedBy('expiresInDays')}>
      <legend part="label">
        ${localizer.text('apiKey.expiresIn')}
        <span class="requirement">${localizer.text(required ? 'required' : 'optional')}</span>
      </legend>
      ${required ? nothing : choice('', localizer.text('apiKey.noExpiry'), defaultInDays === null)}
      ${choicesInDays.map((days) => {
        // In the person's zone, as the date stands beside the key afterwards.
        const end = new Date(localizer.now() + days * dayLength).toISOString();
        return choice(`${days}`, presetText(days, end, localizer), days === defaultInDays);
      })}
      ${offersCustom ? choice(custom, localizer.text('apiKey.customDate')) : nothing}
      <p class="note error" part="error" id=${describedBy('expiresInDays')}>${error ? html`${alertIcon}${fieldErrorText(error === 'required' ? 'choose' : error, localizer.text('apiKey.expiresIn'), localizer)}` : nothing}</p>
    </fieldset>
    ${keyForm.customDate ? dateField(view, true) : nothing}
  `;
};

const expiryField = (view: KeyFieldsView) => {
  const { mode, input } = view.policy.expiry;
  if (mode === 'none') return nothing;
  return input === 'choices'
    ? choicesField(view)
    : html`<div>${dateField(view, mode === 'required')} ${presetsView(view)}</div>`;
};

/** The fields that the policy asks for. The name of each control is its path in the request. */
export const keyFieldsView = (view: KeyFieldsView) => html`
  ${textField('name', view)} ${textField('description', view)} ${moduleField(view)} ${expiryField(view)}
`;

/** The label of the button that creates a key, also while the request is pending. */
export const createKeyText = (verb: ApiKeysPolicy['verb'], pending: boolean, localizer: ApiKeyLocalizer) =>
  localizer.text(pending ? (verb === 'create' ? 'apiKey.creating' : 'apiKey.generating') : `apiKey.${verb}`);

/** Says that the limit of keys is reached: the policy's, or one that is not known here. */
export const keyLimitText = (limit: number | null, localizer: ApiKeyLocalizer): string =>
  limit === null ? localizer.text('problem.limit') : localizer.counted('apiKey.limit', limit);

/** The error of a failed request, other than the errors shown at fields. */
export const keyCreationProblemView = (
  { form: { problem, unplaced }, isEdited }: KeyForm,
  { limit }: ApiKeysPolicy,
  localizer: ApiKeyLocalizer,
) => {
  if (!problem) return nothing;
  if (problem instanceof PageLeftError) {
    // Sent again, the same request creates no second key.
    return noticeView(localizer.text('problem.pageLeft'), localizer.text('apiKey.pageLeft.advice'));
  }
  const code = problem instanceof ApiError ? problem.code : '';
  if (code === 'idempotency_mismatch')
    return noticeView(localizer.text('apiKey.earlierAttempt'), localizer.text('apiKey.earlierAttempt.advice'));
  const title = code === 'limit_reached' ? keyLimitText(limit, localizer) : undefined;
  return problemView({ error: problem, localizer, title, keepsInput: isEdited, unplaced });
};
