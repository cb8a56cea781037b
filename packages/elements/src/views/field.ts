import { html, noChange, nothing, type TemplateResult } from 'lit';
import { isKnownCode } from '../controllers/field-errors.js';
import { alertIcon } from '../icons/icons.js';
import type { Localizer } from '../locales/localizer.js';
import { onKey } from './keyboard.js';

export interface FieldView {
  /** The path in the request: the control's id and name. */
  readonly id: string;
  readonly label: string;
  readonly requirement?: 'required' | 'optional' | undefined;
  readonly help?: string | TemplateResult | undefined;
  /** A field error code; its text takes the place of the help. */
  readonly error?: string | undefined;
  /** By field error code, where there is more to say than for every field. */
  readonly errorTexts?: Readonly<Partial<Record<string, string>>> | undefined;
  /** Shown where what was entered is not of the right form. */
  readonly example?: string | undefined;
  readonly localizer: Localizer;
  /** The value of the control; if absent, as for a secret, the control is left alone. */
  readonly value?: string | undefined;
}

/** The id of what explains a control, for its `aria-describedby`. */
export const describedBy = (id: string) => `${id}-note`;

const longest = 300;

/** A server's own text, cut to a readable length. */
export const ownWords = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** Says how long a text is, and how long it may be. */
export const tooLongText = (count: number, max: number, localizer: Localizer): string => {
  const numbers = new Intl.NumberFormat(localizer.locale);
  return localizer.text('field.tooLong', { count: numbers.format(count), max: numbers.format(max) });
};

/** A label as it stands within a sentence: "First name" → "first name"; "API token" stays. */
const inSentence = (label: string, locale: string): string =>
  /^\S+\p{Lu}/u.test(label) ? label : label.charAt(0).toLocaleLowerCase(locale) + label.slice(1);

/** The text of an error of the field with that label: by its code, or what the server says, where that code is its own. */
export const fieldErrorText = (error: string, label: string, localizer: Localizer, example?: string): string => {
  if (error === 'format' && example) return localizer.text('field.formatLike', { example });
  const text = localizer.term('field', error, { field: inSentence(label, localizer.locale) });
  // Some codes have words in some elements only.
  return text === error && isKnownCode(error) ? localizer.text('field.rejected') : ownWords(text);
};

/** Label above, control, and below it one line: help, or what is wrong. */
const fieldView = (
  { id, label, requirement, help, error, errorTexts, example, localizer }: FieldView,
  control: TemplateResult,
) => html`
  <div class="field" part="field">
    <label for=${id} part="label" id="${id}-label"
      >${label}${requirement ? html`${' '}<span class="requirement">${localizer.text(requirement)}</span>` : nothing}</label
    >
    ${control}
    <p class="note ${error ? 'error' : ''}" part=${error ? 'error' : 'help'} id=${describedBy(id)}>${error ? html`${alertIcon}${errorTexts?.[error] ?? fieldErrorText(error, label, localizer, example)}` : (help ?? nothing)}</p>
  </div>
`;

/** Whether a secret can be read while it is typed, and the switch between the two. */
export interface SecretDisplay {
  readonly isShown: boolean;
  readonly toggle: () => void;
  /** The label of the button: "Show" or "Hide". */
  readonly text: string;
}

export interface InputView extends FieldView {
  readonly type?: string | undefined;
  /** A secret: a button shows and hides its characters, and nothing may keep it. */
  readonly secret?: SecretDisplay | undefined;
  /** A name, address or code: nothing for the browser to spell or to begin with a capital. */
  readonly verbatim?: boolean;
  readonly readOnly?: boolean;
  readonly autocomplete?: string;
  readonly inputMode?: string | undefined;
  /** Of the text as it is kept: not given to the browser, which would cut what is pasted without a word. */
  readonly maxLength?: number;
  /** The length of the text, where that is too long. */
  readonly tooLong?: number | undefined;
  /** How a phone's keyboard begins words: names with a capital. */
  readonly capitalize?: 'words';
  readonly placeholder?: string | null | undefined;
  readonly min?: string;
  readonly max?: string | undefined;
}

/** The error texts of a field, with that of a text whose length is known. */
const withLength = ({
  tooLong,
  maxLength,
  localizer,
  errorTexts,
}: InputView | TextAreaView): FieldView['errorTexts'] =>
  tooLong === undefined || maxLength === undefined
    ? errorTexts
    : { ...errorTexts, too_long: tooLongText(tooLong, maxLength, localizer) };

/** A field of one line. */
export const inputView = (view: InputView) => {
  const { id, secret, requirement, error, autocomplete = 'off' } = view;
  const type = secret ? (secret.isShown ? 'text' : 'password') : (view.type ?? 'text');
  // The contract decides what an e-mail address is; the rules of browsers differ.
  const isEmail = type === 'email';
  const verbatim = view.verbatim || isEmail;
  // Password managers guess: they fill in and offer to keep what belongs to another service.
  const isIgnored = autocomplete === 'off';
  const input = html`<input
      id=${id}
      name=${id}
      part="input"
      type=${isEmail ? 'text' : type}
      autocomplete=${autocomplete}
      dir=${type === 'date' ? nothing : verbatim || type !== 'text' ? 'ltr' : 'auto'}
      autocapitalize=${verbatim ? 'none' : (view.capitalize ?? nothing)}
      enterkeyhint=${view.readOnly ? nothing : 'done'}
      spellcheck=${verbatim ? 'false' : nothing}
      inputmode=${view.inputMode ?? (isEmail ? 'email' : nothing)}
      data-max-length=${view.maxLength ?? nothing}
      placeholder=${view.placeholder ?? nothing}
      min=${view.min ?? nothing}
      max=${view.max ?? nothing}
      ?data-secret=${secret}
      ?data-1p-ignore=${isIgnored}
      data-lpignore=${isIgnored || nothing}
      ?data-bwignore=${isIgnored}
      data-form-type=${isIgnored ? 'other' : nothing}
      ?required=${requirement === 'required'}
      ?readonly=${view.readOnly}
      aria-describedby=${describedBy(id)}
      aria-invalid=${Boolean(error)}
      .value=${view.value ?? noChange}
    />`;
  return fieldView(
    // A day that there is not, or half of a date: not of the wrong form, as the browser gives it its form.
    { ...view, error: type === 'date' && error === 'format' ? 'date' : error, errorTexts: withLength(view) },
    secret
      ? html`<div class="secret">
          ${input}<button type="button" part="toggle-secret" aria-describedby="${id}-label" @click=${secret.toggle}>
            ${secret.text}
          </button>
        </div>`
      : input,
  );
};

export interface TextAreaView extends FieldView {
  readonly maxLength: number;
  readonly tooLong?: number | undefined;
}

const lineBreaks = /[\r\n\u2028\u2029]+/g;

/** The text holds no line breaks: those that are pasted become spaces, for everybody to see. */
const joinLines = ({ currentTarget }: Event): void => {
  const control = currentTarget as HTMLTextAreaElement;
  if (control.value.search(lineBreaks) >= 0) control.value = control.value.replace(lineBreaks, ' ');
};

/** Enter submits, as in every other field. */
const submitOnEnter = onKey((event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  const { form } = event.currentTarget as HTMLTextAreaElement;
  const submitter = form?.querySelector<HTMLElement>('button:not([type])');
  if (submitter) form?.requestSubmit(submitter);
});

/** A field for a text that is longer than a line and is wrapped, but not divided, into lines. */
export const textAreaView = (view: TextAreaView) => {
  const { id, requirement, error, value } = view;
  return fieldView(
    { ...view, errorTexts: withLength(view) },
    html`<textarea
      id=${id}
      name=${id}
      part="input"
      rows="2"
      dir="auto"
      autocomplete="off"
      enterkeyhint="done"
      data-max-length=${view.maxLength}
      ?required=${requirement === 'required'}
      aria-describedby=${describedBy(id)}
      aria-invalid=${Boolean(error)}
      .value=${value ?? noChange}
      @input=${joinLines}
      @keydown=${submitOnEnter}
    ></textarea>`,
  );
};

export interface SelectView extends FieldView {
  /** Drawn at the beginning of the control, for the chosen option. */
  readonly mark?: TemplateResult | undefined;
  /** Marks of options are drawn in Chromium; elsewhere lists of options hold text alone. */
  readonly options: readonly { readonly id: string; readonly label: string; readonly mark?: TemplateResult }[];
}

/** A key pressed in an open list of options with marks belongs to that: Escape closes it, and not the dialog. */
const keepKeyInList = (event: KeyboardEvent) => {
  if (event.target !== event.currentTarget) event.stopPropagation();
};

/** A field with a few answers. */
export const selectView = (view: SelectView) => {
  const { id, requirement, error, value, options, mark } = view;
  return fieldView(
    view,
    html`<div class="marked">${mark ?? nothing}<select
      id=${id}
      name=${id}
      part="input"
      ?required=${requirement === 'required'}
      aria-describedby=${describedBy(id)}
      aria-invalid=${Boolean(error)}
      @keydown=${keepKeyInList}
    >
      ${options.map(({ id, label, mark }) => html`<option value=${id} .selected=${value === undefined ? noChange : id === value}>${mark ?? nothing}${label}</option>`)}
    </select></div>`,
  );
};
