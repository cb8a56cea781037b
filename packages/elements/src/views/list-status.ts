import { html, nothing } from 'lit';
import type { ListStatusController } from '../controllers/list-status-controller.js';
import type { ListId, Localizer } from '../locales/localizer.js';

/** The live region of a list, and "Show it" for the row that its message is about: in one place whatever else is drawn. */
export const listStatusView = (status: ListStatusController, localizer: Localizer<ListId>) => html`<div
  class=${status.isOutcome ? 'outcome' : 'visually-hidden'}
  part="status-message"
>
  <p role="status">${status.text}</p>
  ${
    status.canShow
      ? html`<button type="button" part="show" @click=${status.show}>${localizer.text('showIt')}</button>`
      : nothing
  }
</div>`;
