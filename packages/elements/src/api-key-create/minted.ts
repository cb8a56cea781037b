import type { ApiKey, ApiKeysPolicy, Cockpit } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { ModalController } from '../controllers/modal-controller.js';
import { alertIcon } from '../icons/icons.js';
import { dateText } from '../locales/dates.js';
import { moduleName } from '../locales/given-name.js';
import type { SecretRequest } from '../secret-reveal/curl-command.js';
import type { SecretRevealEvent } from '../events/secret-reveal-event.js';
import type { ApiKeyLocalizer } from './fields.js';
import type { Minted } from './minting-controller.js';

/** The name of a key in sentences. */
export const nameOf = ({ name, description, maskedValue, id }: ApiKey): string =>
  name || description || maskedValue || id;

/** How a key is sent: a sentence with the header in it. */
export const headerView = (name: string, localizer: ApiKeyLocalizer) => {
  const header =
    name === 'Authorization' ? 'Authorization: Bearer <token>' : `${name}: ${localizer.text('apiKey.headerValue')}`;
  const sentence = localizer.text('apiKey.header', { header });
  const at = sentence.indexOf(header);
  // A host's own sentence may leave the header out.
  return html`<p class="note">
    ${
      at < 0
        ? sentence
        : html`${sentence.slice(0, at)}<code class="mono">${header}</code>${sentence.slice(at + header.length)}`
    }
  </p>`;
};

/** The request by which a program asks who its key is for, at the address that this page uses. */
const whoAmIRequest = (header: string, baseUrl: string): SecretRequest => ({
  header: header === 'Authorization' ? 'Authorization: Bearer ' : `${header}: `,
  url: new URL(`${baseUrl.replace(/\/+$/, '')}/integration/whoami`, document.baseURI).href,
});

export interface SecretView {
  readonly header: string;
  readonly client: Cockpit | undefined;
  readonly localizer: ApiKeyLocalizer;
  readonly dismissed: () => void;
}

/** The value, once, and what else is to be known of the key; who draws it hands it the secret. */
export const secretView = ({ header, client, localizer, dismissed }: SecretView, more: unknown = nothing) =>
  html`<secret-reveal
    part="secret"
    label=${localizer.text('apiKey.label')}
    .request=${client ? whoAmIRequest(header, client.baseUrl) : null}
    .locale=${localizer.locale}
    .messages=${localizer.messages}
    @secret-dismissed=${({ isLost }: SecretRevealEvent) => isLost || dismissed()}
    >${more}</secret-reveal
  >`;

export interface MintedView extends Omit<SecretView, 'header'> {
  readonly minted: Minted;
  readonly policy: ApiKeysPolicy;
  readonly modal: ModalController;
}

/** The rights of the key: its owner, its module and its expiration date. */
const termsView = (
  { owner, module, expiresOn, expiresAt }: ApiKey,
  { modules }: ApiKeysPolicy,
  localizer: ApiKeyLocalizer,
) => {
  const end = expiresOn ?? expiresAt;
  const restriction = modules.find(({ id }) => id === module);
  const facts = [
    ['apiKey.ownerLabel', owner.name],
    [
      'apiKey.module',
      restriction ? moduleName(restriction, localizer) : (module ?? localizer.text('apiKey.everything')),
    ],
    ['apiKey.expiresAt', end ? dateText(end, localizer.locale) : localizer.text('apiKey.noExpiry')],
  ] as const;
  const shown = facts.filter(([label]) => label !== 'apiKey.module' || modules.length > 0);
  return html`<dl part="terms">
    ${shown.map(([label, value]) => html`<div><dt>${localizer.text(label)}</dt><dd><bdi>${value}</bdi></dd></div>`)}
  </dl>`;
};

/** The content of the dialog after creation: the value, or why it cannot be shown. */
export const mintedView = ({ minted, policy, client, localizer, modal, dismissed }: MintedView) =>
  minted.hasSecret
    ? {
        title: localizer.text('apiKey.revealTitle'),
        content: html`<div class="dialog-body">
          ${secretView(
            { header: policy.header, client, localizer, dismissed },
            html`${headerView(policy.header, localizer)}
              ${termsView(minted.apiKey, policy, localizer)}`,
          )}
        </div>`,
      }
    : {
        title: localizer.text('apiKey.valueGoneTitle'),
        content: html`
          <div class="dialog-body">
            <p role="alert">
              ${alertIcon}${localizer.text('apiKey.valueGone', { name: nameOf(minted.apiKey) })}
            </p>
          </div>
          <div class="dialog-actions">
            <button type="button" part="close" @click=${modal.dismiss}>${localizer.text('close')}</button>
          </div>
        `,
      };
