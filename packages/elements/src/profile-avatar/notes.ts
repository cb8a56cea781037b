import { ApiError } from '@ai-cockpit/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Edit, EditController } from '../controllers/edit-controller.js';
import { alertIcon, checkIcon } from '../icons/icons.js';
import type { avatar } from '../locales/en/avatar.js';
import { megapixelsText, sizeText, typesText } from '../locales/files.js';
import type { ConflictId, Localizer } from '../locales/localizer.js';
import { noticeView, problemView } from '../views/problem.js';
import { chosenLimits, readableTypes, type RefusedPicture } from './picture.js';

type AvatarLocalizer = Localizer<keyof typeof avatar>;

/** By problem code: why the server refuses a picture. */
const refusals: Partial<Record<string, RefusedPicture>> = { too_large: 'detail', media_type_unsupported: 'unreadable' };

/** Why the server refuses the picture, where a problem says so. */
export const refusalOf = (problem: unknown): RefusedPicture | undefined =>
  problem instanceof ApiError ? refusals[problem.code] : undefined;

/** The open conflict with the picture that another person set, or the error of the last request. */
export const pictureObstacleView = (
  { conflict, form, problem }: Edit,
  theirs: TemplateResult,
  localizer: Localizer<ConflictId | keyof typeof avatar>,
) => {
  if (conflict.isOpen) {
    return noticeView(
      localizer.text('conflict.title'),
      localizer.text('avatar.conflict'),
      html`<p class="theirs" part="changes">${theirs} ${localizer.text('conflict.now')}</p>`,
    );
  }
  return problem && !refusalOf(problem) ? problemView({ error: problem, localizer, unplaced: form.unplaced }) : nothing;
};

/** Which files can be chosen, or why the last one is refused. */
export const pictureNoteView = (refused: RefusedPicture | undefined, localizer: AvatarLocalizer) => {
  const note = localizer.text(refused ? `avatar.refused.${refused}` : 'avatar.help', {
    types: typesText(readableTypes, localizer.locale),
    size: sizeText(chosenLimits.maxBytes, localizer.locale),
    pixels: megapixelsText(chosenLimits.maxPixels, localizer.locale),
  });
  return html`<p class="note ${refused ? 'error' : ''}" part=${refused ? 'error' : 'help'} id="note" role=${refused ? 'alert' : nothing}>${refused ? alertIcon : nothing}${note}</p>`;
};

export interface PictureState {
  readonly wasRemoved: boolean;
  readonly isReading: boolean;
  /** Whether a picture is chosen and not yet saved. */
  readonly isChosen: boolean;
}

/** The outcome of the last action, shown and announced. */
export const outcomeView = (
  { form, formGroup, isSaved }: Pick<EditController<never, never>, 'form' | 'formGroup' | 'isSaved'>,
  { wasRemoved, isReading, isChosen }: PictureState,
  localizer: AvatarLocalizer,
) => {
  const done = wasRemoved ? 'avatar.removed' : isSaved ? 'saved' : undefined;
  return html`<span role="status" class=${done ? 'saved' : 'note'} part="saved"
    >${
      done
        ? html`${checkIcon}${localizer.text(done)}`
        : form.slow
          ? localizer.text('slow')
          : isReading
            ? localizer.text('avatar.reading')
            : isChosen && formGroup
              ? localizer.text('avatar.unsaved')
              : nothing
    }</span
  >`;
};
