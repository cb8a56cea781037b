import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { headerView } from '../api-key-create/minted.js';
import { detailedCellView } from '../api-key-list/cells.js';
import type { ApiKeyListLocalizer } from '../api-key-list/columns.js';
import { keyFacts } from '../api-key-list/key-facts.js';
import type { ModalController } from '../controllers/modal-controller.js';
import { checkIcon } from '../icons/icons.js';
import type { apiKeySingle } from '../locales/en/api-key-single.js';
import type { Localizer } from '../locales/localizer.js';
import { aboutView } from '../views/about.js';
import { dialogView } from '../views/dialog.js';
import { dateView } from '../views/timestamp.js';

type ApiKeySingleLocalizer = ApiKeyListLocalizer & Localizer<keyof typeof apiKeySingle>;

/** Stands for a value of which the policy shows nothing. */
const dots = '••••••••••••';

interface FieldView {
  readonly key: ApiKey | undefined;
  readonly policy: ApiKeysPolicy;
  /** The owner, if not the person. */
  readonly organization: string | undefined;
  readonly canManage: boolean;
  /** The button that removes the key, if the person may. */
  readonly remove: unknown;
  readonly localizer: ApiKeySingleLocalizer;
}

/** The key that there is, with as much of its value as is shown again; or that there is none. */
export const fieldView = ({ key, policy, organization, canManage, remove, localizer }: FieldView) => {
  const empty = canManage
    ? localizer.text(`apiKeySingle.empty.${policy.verb}`)
    : localizer.text('apiKeys.empty', { owner: organization ?? '' });
  return html`<div class="field" part="field">
    <label for="value" part="label">${localizer.text('apiKey.label')}</label>
    <div class="value">
      <input
        id="value"
        class="mono"
        part="value"
        readonly
        dir="ltr"
        autocomplete="off"
        aria-describedby="value-note"
        .value=${key ? key.maskedValue || dots : ''}
      />
      ${remove}
    </div>
    <p class="note" id="value-note">${key ? localizer.text('apiKeySingle.exists') : empty}</p>
    ${headerView(policy.header, localizer)}
  </div>`;
};

/** The details of a key that the policy shows, besides its value. */
export const factsView = (key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeySingleLocalizer) =>
  html`<dl class="facts" part="facts">
    ${policy.columns
      .filter((column) => column !== 'maskedValue' && column !== 'owner')
      .map(
        (column) => html`<div>
          <dt>${localizer.term('apiKeys.column', column)}</dt>
          <dd>
            <bdi
              >${
                column === 'createdAt'
                  ? dateView(key.createdAt, localizer)
                  : detailedCellView(column, key, policy, localizer)
              }</bdi
            >
          </dd>
        </div>`,
      )}
  </dl>`;

/** The last change of a key, made by this person or elsewhere. */
export type Outcome = 'created' | 'replaced' | 'deleted' | 'revoked' | 'elsewhere';

/** The outcome of the last action, until the next one. */
export const doneView = (outcome: Outcome | undefined, localizer: ApiKeySingleLocalizer) =>
  html`<span class=${outcome === 'elsewhere' ? 'note' : 'saved'} part="done" role="status"
    >${
      outcome
        ? html`${outcome === 'elsewhere' ? nothing : checkIcon}${localizer.text(`apiKeySingle.${outcome}`)}`
        : nothing
    }</span
  >`;

/** Asks before a new key takes the place of one that works. */
export const replacingView = (
  modal: ModalController,
  policy: ApiKeysPolicy,
  key: ApiKey | undefined,
  replace: () => void,
  localizer: ApiKeySingleLocalizer,
) => {
  const title = localizer.text(`apiKey.${policy.verb}`);
  return dialogView({
    modal,
    role: 'alertdialog',
    title,
    describedBy: 'consequence about',
    content: html`
      <div class="dialog-body">
        <p id="consequence">${localizer.text('apiKeySingle.ends')}</p>
        ${key ? aboutView(keyFacts(key, policy, localizer)) : nothing}
      </div>
      <div class="dialog-actions">
        <button type="button" part="cancel" @click=${modal.dismiss}>${localizer.text('cancel')}</button>
        <button type="button" class="danger" part="confirm" @click=${replace}>${title}</button>
      </div>
    `,
  });
};
