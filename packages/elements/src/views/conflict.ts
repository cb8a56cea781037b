import { html, nothing } from 'lit';
import type { ComparedField, Conflict } from '../controllers/conflict-controller.js';
import type { Edit } from '../controllers/edit-controller.js';
import { checkIcon } from '../icons/icons.js';
import type { ConflictId, Localizer } from '../locales/localizer.js';
import { noticeView, problemView } from './problem.js';

type ConflictLocalizer = Localizer<ConflictId>;

const valueView = (
  id: 'conflict.now' | 'conflict.mine' | 'conflict.before',
  value: string,
  localizer: ConflictLocalizer,
) =>
  html`<dd><span class="muted">${localizer.text(id)}</span> <bdi>${value || localizer.text('conflict.empty')}</bdi></dd>`;

/** A notice that another person changed something: the fields, and advice. */
export const changesView = (changes: readonly ComparedField[], advice: string, localizer: ConflictLocalizer) =>
  noticeView(
    localizer.text('conflict.title'),
    advice,
    html`<dl class="changes" part="changes">
      ${changes.map(
        ({ label, before, now, mine = before }) => html`<div>
          <dt>${label}</dt>
          ${valueView('conflict.now', now, localizer)}
          ${valueView(mine === before ? 'conflict.before' : 'conflict.mine', mine, localizer)}
        </div>`,
      )}
    </dl>`,
  );

const adviceOf = ({ changes, disputed }: Conflict, localizer: ConflictLocalizer): string => {
  if (disputed.length === 0) return localizer.text('conflict.apart');
  return disputed.length < changes.length
    ? localizer.text('conflict.some')
    : localizer.counted('conflict.same', disputed.length);
};

/** The changes of another person, until the conflict is settled. */
export const conflictView = (conflict: Conflict, localizer: ConflictLocalizer) =>
  conflict.isOpen ? changesView(conflict.changes, adviceOf(conflict, localizer), localizer) : nothing;

/** The open conflict, and the error of the last request. */
export const obstacleView = (edit: Edit, localizer: ConflictLocalizer) =>
  html`${conflictView(edit.conflict, localizer)}
  ${
    edit.problem
      ? problemView({ error: edit.problem, localizer, keepsInput: true, unplaced: edit.form.unplaced })
      : nothing
  }`;

/** The Save button with that label; in a conflict, it says which version it keeps, and follows "Use current version". */
export const saveView = (
  edit: Edit,
  localizer: ConflictLocalizer,
  label = localizer.text('save'),
  useTheirs = edit.useTheirs,
) => {
  const { form, conflict } = edit;
  const { pending } = form;
  if (!edit.hasOwnSave) return nothing;
  const isDisputed = conflict.disputed.length > 0;
  const conflictLabel = localizer.text(isDisputed ? 'conflict.keepMine' : 'conflict.saveBoth');
  return html`
    ${
      isDisputed
        ? html`<button type="button" part="use-theirs" aria-disabled=${pending} @click=${() => pending || useTheirs()}>
            ${localizer.text('conflict.useTheirs')}
          </button>`
        : nothing
    }
    <button class="primary" part="save" aria-disabled=${pending}>
      ${pending ? localizer.text('saving') : conflict.isOpen ? conflictLabel : label}
    </button>
  `;
};

/** The outcome, shown and announced. */
export const savedView = ({ form, conflict, isSaved }: Edit, localizer: ConflictLocalizer) => html`
  <span role="status" class="saved" part="saved"
    >${
      isSaved
        ? html`${checkIcon}${localizer.text('saved')}`
        : conflict.taken
          ? localizer.text('conflict.taken')
          : form.slow
            ? localizer.text('slow')
            : nothing
    }</span
  >
`;
