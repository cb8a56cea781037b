import { html } from 'lit';
import type { Localizer } from '../locales/localizer.js';

interface Answer {
  readonly label: string;
  readonly run: () => void;
  readonly destructive?: boolean;
}

export interface QuestionView {
  readonly text: string;
  /** Changes nothing. `LeaveGuardController` focuses its button. */
  readonly stay: Answer;
  /** Discards what would be lost. */
  readonly leave: Answer;
}

/** Asks before something is lost, in place of the buttons. Its element has a `LeaveGuardController`. */
export const questionView = ({ text, stay, leave }: QuestionView) => html`
  <div class="question" part="question" role="group" aria-labelledby="question">
    <p id="question">${text}</p>
    <button type="button" part="keep-editing" aria-describedby="question" @click=${stay.run}>${stay.label}</button>
    <button type="button" part="discard" class=${leave.destructive ? 'danger' : ''} @click=${leave.run}>
      ${leave.label}
    </button>
  </div>
`;

/** Asks before typed text is discarded. */
export const discardView = (localizer: Localizer, stay: () => void, leave: () => void) =>
  questionView({
    text: localizer.text('discardTitle'),
    stay: { label: localizer.text('keepEditing'), run: stay },
    leave: { label: localizer.text('discard'), run: leave, destructive: true },
  });
