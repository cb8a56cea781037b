import { VersionStaleError } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { RemovalController } from '../controllers/removal-controller.js';
import type { ListId, Localizer } from '../locales/localizer.js';
import { dialogView } from './dialog.js';
import { noticeView, problemView } from './problem.js';

export interface RemovalView {
  readonly title: string;
  /** Names the thing, and says what stops working. */
  readonly consequence: string;
  /** What the button says, and what it says while that is done. */
  readonly confirm: string;
  readonly confirming: string;
}

/** What is asked before something ends; render it only while there is an `item`. */
export const removalView = (
  {
    modal,
    form: { pending, problem },
    handleSubmit,
  }: Pick<RemovalController<never>, 'modal' | 'form' | 'handleSubmit'>,
  { title, consequence, confirm, confirming }: RemovalView,
  localizer: Localizer<ListId>,
) =>
  dialogView({
    modal,
    role: 'alertdialog',
    title,
    describedBy: 'consequence',
    content: html`<form novalidate aria-busy=${pending} @submit=${handleSubmit}>
      <div class="dialog-body">
        <p id="consequence">${consequence}</p>
        ${
          problem instanceof VersionStaleError
            ? noticeView(localizer.text('removal.changed'), localizer.text('removal.changed.advice'))
            : problem
              ? problemView({ error: problem, localizer })
              : nothing
        }
      </div>
      <div class="dialog-actions">
        <button type="button" part="cancel" aria-disabled=${pending} @click=${modal.dismiss}>
          ${localizer.text('cancel')}
        </button>
        <button class="danger" part="confirm" aria-disabled=${pending}>${pending ? confirming : confirm}</button>
      </div>
    </form>`,
  });
