import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';

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

// The first call comes before the button stands in the document.
const focusOnceShown = (button?: Element) => queueMicrotask(() => (button as HTMLElement | undefined)?.focus());

/** Asks, in the place of the buttons, before something is lost. */
export const questionView = ({ text, stay, leave }: QuestionView) => html`
  <div class="question" part="question" role="group" aria-labelledby="question">
    <p id="question">${text}</p>
    <button type="button" part="stay" aria-describedby="question" ${ref(focusOnceShown)} @click=${stay.run}>
      ${stay.label}
    </button>
    <button type="button" part="leave" class=${leave.destructive ? 'danger' : ''} @click=${leave.run}>
      ${leave.label}
    </button>
  </div>
`;
