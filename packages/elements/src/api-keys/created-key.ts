import type { ApiKey, ApiKeysPolicy, Cockpit } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { ModalController } from '../controllers/modal-controller.js';
import { alertIcon } from '../icons/icons.js';
import { dateText } from '../locales/dates.js';
import { moduleName } from '../locales/given-name.js';
import type { SecretRevealEvent } from '../events/secret-reveal-event.js';
import type { CreatedKey } from './idempotent-key-creation.js';
import type { ApiKeyLocalizer } from './key-fields.js';

/** The request that `<secret-reveal>` offers to try a key with. */
type SecretRequest = NonNullable<HTMLElementTagNameMap['secret-reveal']['request']>;

/** The name of a key in sentences. */
export const apiKeyName = ({ name, description, maskedValue, id }: ApiKey): string =>
  name || description || maskedValue || id;

/** Says by which header a key is sent. */
export const keyHeaderView = (name: string, localizer: ApiKeyLocalizer) => {
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

export interface KeySecretView {
  readonly header: string;
  readonly client: Cockpit | undefined;
  readonly localizer: ApiKeyLocalizer;
  readonly dismissed: () => void;
}

/** Shows the value once, with `more` below it. `IdempotentKeyCreation` sets the secret. */
export const keySecretView = ({ header, client, localizer, dismissed }: KeySecretView, more: unknown = nothing) =>
  html`<secret-reveal
    part="secret"
    label=${localizer.text('apiKey.label')}
    .request=${client ? whoAmIRequest(header, client.baseUrl) : null}
    .locale=${localizer.locale}
    .messages=${localizer.messages}
    @secret-dismissed=${({ isLost }: SecretRevealEvent) => isLost || dismissed()}
    >${more}</secret-reveal
  >`;

export interface CreatedKeyView extends Omit<KeySecretView, 'header'> {
  readonly createdKey: CreatedKey;
  readonly policy: ApiKeysPolicy;
  readonly modal: ModalController;
}

/** The rights of the key: its owner, its module and its expiration date. */
const keyTermsView = (
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
export const createdKeyView = ({ createdKey, policy, client, localizer, modal, dismissed }: CreatedKeyView) =>
  createdKey.hasSecret
    ? {
        title: localizer.text('apiKey.revealTitle'),
        content: html`<div class="dialog-body">
          ${keySecretView(
            { header: policy.header, client, localizer, dismissed },
            html`${keyHeaderView(policy.header, localizer)}
              ${keyTermsView(createdKey.apiKey, policy, localizer)}`,
          )}
        </div>`,
      }
    : {
        title: localizer.text('apiKey.valueGoneTitle'),
        content: html`
          <div class="dialog-body">
            <p role="alert">
              ${alertIcon}${localizer.text('apiKey.valueGone', { name: apiKeyName(createdKey.apiKey) })}
            </p>
          </div>
          <div class="dialog-actions">
            <button type="button" id="close" part="close" @click=${modal.dismiss}>${localizer.text('close')}</button>
          </div>
        `,
      };
