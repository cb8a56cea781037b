import { html, nothing } from 'lit';
import type { ListStatusController } from '../controllers/list-status-controller.js';
import type { ListId, Localizer } from '../locales/localizer.js';

/**
 * The live region of a list, and "Show it" for the row that its message is about: in one place whatever else is drawn.
 *
 * @param noMatch Shown where nothing matches the search, unless the outcome of an action is.
 */
export const listStatusView = (status: ListStatusController, noMatch: string, localizer: Localizer<ListId>) => html`<div
  class=${status.isOutcome ? 'outcome' : noMatch ? 'no-match' : 'visually-hidden'}
  part="status-message"
>
  <p role="status">${(!status.isOutcome && noMatch) || status.text}</p>
  ${
    status.canShow
      ? html`<button type="button" part="show" @click=${status.show}>${localizer.text('showIt')}</button>`
      : nothing
  }
</div>`;
