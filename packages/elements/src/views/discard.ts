import { html } from 'lit';
import type { ModalController } from '../controllers/modal-controller.js';
import type { Localizer } from '../locales/localizer.js';
import { dialogView } from './dialog.js';

export interface DiscardView {
  readonly modal: ModalController;
  readonly localizer: Localizer;
  readonly discard: () => void;
}

/** Asks before what was typed is lost. */
export const discardView = ({ modal, localizer, discard }: DiscardView) =>
  dialogView({
    modal,
    role: 'alertdialog',
    title: localizer.text('discardTitle'),
    describedBy: 'discard-body',
    content: html`
      <p class="dialog-body" id="discard-body">${localizer.text('discardBody')}</p>
      <div class="dialog-actions">
        <button type="button" part="keep-editing" @click=${modal.dismiss}>${localizer.text('keepEditing')}</button>
        <button type="button" class="danger" part="discard" @click=${discard}>${localizer.text('discard')}</button>
      </div>
    `,
  });
