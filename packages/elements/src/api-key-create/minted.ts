import type { ApiKey } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { ModalController } from '../controllers/modal-controller.js';
import type { SecretRevealEvent } from '../secret-reveal/secret-reveal.js';
import type { ApiKeyLocalizer } from './fields.js';
import type { Minted } from './minting-controller.js';

/** The name of a key in sentences. */
export const nameOf = ({ name, description, maskedValue, id }: ApiKey): string =>
  name || description || maskedValue || id;

/** How a key is sent, in words. */
export const headerText = (header: string, localizer: ApiKeyLocalizer): string =>
  localizer.text('apiKey.header', {
    header: header === 'Authorization' ? 'Authorization: Bearer <token>' : `${header}: <key>`,
  });

/** The value, once, and what else is to be known of the key; who draws it hands it the secret. */
export const secretView = (localizer: ApiKeyLocalizer, dismissed: () => void, more: unknown = nothing) =>
  html`<secret-reveal
    part="secret"
    label=${localizer.text('apiKey.label')}
    .locale=${localizer.locale}
    .messages=${localizer.messages}
    @secret-dismissed=${({ isLost }: SecretRevealEvent) => isLost || dismissed()}
    >${more}</secret-reveal
  >`;

export interface MintedView {
  readonly minted: Minted;
  readonly header: string;
  readonly localizer: ApiKeyLocalizer;
  readonly modal: ModalController;
  readonly dismissed: () => void;
}

/** The content of the dialog after creation: the value, or why it cannot be shown. */
export const mintedView = ({ minted, header, localizer, modal, dismissed }: MintedView) =>
  minted.hasSecret
    ? {
        title: localizer.text('apiKey.revealTitle'),
        content: html`<div class="dialog-body">
          ${secretView(localizer, dismissed, html`<p class="note">${headerText(header, localizer)}</p>`)}
        </div>`,
      }
    : {
        title: localizer.text('apiKey.valueGoneTitle'),
        content: html`
          <div class="dialog-body">
            <p role="alert">${localizer.text('apiKey.valueGone', { name: nameOf(minted.apiKey) })}</p>
          </div>
          <div class="dialog-actions">
            <button type="button" part="close" @click=${modal.dismiss}>${localizer.text('close')}</button>
          </div>
        `,
      };
