import { html, nothing } from 'lit';
import { alertIcon, checkIcon } from '../icons/icons.js';
import type { sections } from '../locales/en/sections.js';
import type { Localizer } from '../locales/localizer.js';
import type { PageSave } from './page-save.js';

/** The Save button of a page with one Save for all its forms, and the outcome of the last press. */
export const pageSaveView = (pageSave: PageSave, localizer: Localizer<keyof typeof sections>) => {
  const { pending, outcome } = pageSave;
  return html`<div class="actions" part="actions">
    <button type="button" class="primary" part="save" aria-disabled=${pending} @click=${() => pageSave.save()}>
      ${localizer.text(pending ? 'saving' : 'save')}
    </button>
    <span role="status" part="saved" class=${outcome ?? ''}>
      ${
        outcome === 'saved'
          ? html`${checkIcon}${localizer.text('saved')}`
          : outcome
            ? html`${alertIcon}${localizer.text('page.unsaved')}`
            : nothing
      }
    </span>
  </div>`;
};
