import { VersionStaleError } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { Conflict } from '../controllers/conflict-controller.js';
import type { RemovalController } from '../controllers/removal-controller.js';
import type { ConflictId, ListId, Localizer } from '../locales/localizer.js';
import { aboutView, type Fact } from './about.js';
import { changesView } from './conflict.js';
import { dialogView } from './dialog.js';
import { problemView } from './problem.js';
import { slowView } from './skeleton.js';

export interface RemovalView {
  readonly title: string;
  /** Names the thing, and says what stops working. */
  readonly consequence: string;
  /** Facts that identify the item. */
  readonly facts?: readonly Fact[];
  /** The label of the button, and its label while the request is pending. */
  readonly confirm: string;
  readonly confirming: string;
}

/** The confirmation of a removal; render it only while there is an `item`. */
export const removalView = (
  {
    modal,
    form: { pending, problem, unplaced, slow },
    conflict,
    handleSubmit,
  }: Pick<RemovalController<never>, 'modal' | 'form' | 'handleSubmit'> & { readonly conflict: Conflict },
  { title, consequence, facts = [], confirm, confirming }: RemovalView,
  localizer: Localizer<ListId | ConflictId>,
) =>
  dialogView({
    modal,
    role: 'alertdialog',
    title,
    describedBy: facts.length > 0 ? 'consequence about' : 'consequence',
    content: html`<form novalidate aria-busy=${pending} @submit=${handleSubmit}>
      <div class="dialog-body">
        <p id="consequence">${consequence}</p>
        ${aboutView(facts)}
        ${conflict.isOpen ? changesView(conflict.changes, localizer.text('removal.changed'), localizer) : nothing}
        ${problem && !(problem instanceof VersionStaleError && conflict.isOpen) ? problemView({ error: problem, localizer, unplaced }) : nothing}
        ${slowView(slow, localizer)}
      </div>
      <div class="dialog-actions">
        <button type="button" part="cancel" aria-disabled=${pending} @click=${modal.dismiss}>
          ${localizer.text('cancel')}
        </button>
        <button class="danger" part="confirm" aria-disabled=${pending}>${pending ? confirming : confirm}</button>
      </div>
    </form>`,
  });
