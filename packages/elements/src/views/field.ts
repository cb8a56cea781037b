import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer, MessageId } from '../locales/localizer.js';

export interface FieldView {
  /** Also the stem of the note's id: the control points to `describedBy(id)`. */
  readonly id: string;
  readonly label: string;
  readonly requirement?: 'required' | 'optional' | undefined;
  readonly help?: string | undefined;
  /** A field error code; its text takes the place of the help. */
  readonly error?: string | undefined;
  /** Shown where what was entered is not of the right form. */
  readonly example?: string | undefined;
  readonly control: TemplateResult;
  readonly localizer: Localizer;
}

/** The id of what explains a control, for its `aria-describedby`. */
export const describedBy = (id: string) => `${id}-note`;

/** The text of a field error; a code that this version does not know reads as a wrong form. */
export const fieldErrorText = (code: string, localizer: Localizer, example?: string): string => {
  if (code === 'format' && example) return localizer.text('field.formatLike', { example });
  const id = `field.${code}`;
  const text = localizer.text(id as MessageId & 'field.format');
  return text === id ? localizer.text('field.format') : text;
};

/** Label above, control, and below it one line: help, or what is wrong. */
export const fieldView = ({ id, label, requirement, help, error, example, control, localizer }: FieldView) => html`
  <div class="field" part="field">
    <label for=${id} part="label"
      >${label}${requirement ? html` <span class="requirement">${localizer.text(requirement)}</span>` : nothing}</label
    >
    ${control}
    <p class="note ${error ? 'error' : ''}" part=${error ? 'error' : 'help'} id=${describedBy(id)}>${error ? fieldErrorText(error, localizer, example) : (help ?? nothing)}</p>
  </div>
`;
