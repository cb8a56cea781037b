import { html } from 'lit';
import type { Localizer } from '../locales/localizer.js';

interface Answer {
  readonly label: string;
  readonly run: () => void;
  readonly destructive?: boolean;
}

export interface QuestionView {
  readonly text: string;
  /** Changes nothing, and has the focus. */
  readonly stay: Answer;
  /** Goes on. */
  readonly leave: Answer;
}

/** Asks, in the place of the buttons, before something is lost; whoever asks has a `LeaveGuardController`. */
export const questionView = ({ text, stay, leave }: QuestionView) => html`
  <div class="question" part="question" role="group" aria-labelledby="question">
    <p id="question">${text}</p>
    <button type="button" part="stay" aria-describedby="question" @click=${stay.run}>${stay.label}</button>
    <button type="button" part="leave" class=${leave.destructive ? 'danger' : ''} @click=${leave.run}>
      ${leave.label}
    </button>
  </div>
`;

/** Asks before what was typed is dropped. */
export const discardView = (localizer: Localizer, stay: () => void, leave: () => void) =>
  questionView({
    text: localizer.text('discardTitle'),
    stay: { label: localizer.text('keepEditing'), run: stay },
    leave: { label: localizer.text('discard'), run: leave, destructive: true },
  });
