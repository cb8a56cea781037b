import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { apiKeyName, keyHeaderView } from '../api-keys/created-key.js';
import { type ApiKeyListLocalizer, detailedKeyCellView } from '../api-keys/key-cells.js';
import { keyFacts } from '../api-keys/key-facts.js';
import { removalKindOf } from '../api-keys/removal-kind.js';
import { checkIcon, trashIcon } from '../icons/icons.js';
import type { apiKeySingle } from '../locales/en/api-key-single.js';
import type { Localizer } from '../locales/localizer.js';
import { aboutView } from '../views/about.js';
import { dialogView } from '../views/dialog.js';
import { noticeView } from '../views/problem.js';
import { dateView } from '../views/timestamp.js';
import type { ReplacingKeyForm } from './replacing-key-form.js';

export type ApiKeySingleLocalizer = ApiKeyListLocalizer & Localizer<keyof typeof apiKeySingle>;

/** Stands for a value of which the policy shows nothing. */
const dots = '••••••••••••';

interface MaskedValueView {
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
export const maskedValueView = ({ key, policy, organization, canManage, remove, localizer }: MaskedValueView) => {
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
    <p class="note" id="value-note">${key ? localizer.text('apiKeySingle.shownOnce') : empty}</p>
    ${keyHeaderView(policy.header, localizer)}
  </div>`;
};

/** The details of a key that the policy shows, besides its value. */
export const keyFactsView = (key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeySingleLocalizer) =>
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
                  : detailedKeyCellView(column, key, policy, localizer)
              }</bdi
            >
          </dd>
        </div>`,
      )}
  </dl>`;

/** Says that a key was created whose value cannot be shown any more. */
export const valueGoneView = (key: ApiKey, localizer: ApiKeySingleLocalizer) =>
  noticeView(localizer.text('apiKey.valueGoneTitle'), localizer.text('apiKey.valueGone', { name: apiKeyName(key) }));

/** The last change of a key, made by this person or elsewhere. */
export type Outcome = 'created' | 'replaced' | 'deleted' | 'revoked' | 'changedElsewhere';

/** The outcome of the last action, until the next one. */
export const outcomeView = (outcome: Outcome | undefined, localizer: ApiKeySingleLocalizer) =>
  html`<span class=${outcome === 'changedElsewhere' ? 'note' : 'saved'} part="status-message" role="status"
    >${
      outcome
        ? html`${outcome === 'changedElsewhere' ? nothing : checkIcon}${localizer.text(`apiKeySingle.${outcome}`)}`
        : nothing
    }</span
  >`;

/** The button that revokes or deletes the key; where there is none, a note says why the button does nothing. */
export const removeButtonView = (
  key: ApiKey | undefined,
  policy: ApiKeysPolicy,
  pending: boolean,
  remove: (key: ApiKey, policy: ApiKeysPolicy) => void,
  localizer: ApiKeySingleLocalizer,
) => {
  const isRevoking = key !== undefined && removalKindOf(key, policy) === 'revoke';
  return html`<button
    type="button"
    part="remove"
    slot="beside"
    aria-label=${localizer.text(isRevoking ? 'apiKeys.revokeTitle' : 'apiKeys.deleteTitle')}
    aria-disabled=${!key || pending}
    aria-describedby=${key ? nothing : 'value-note'}
    @click=${() => key && remove(key, policy)}
  >
    ${trashIcon}${localizer.text(isRevoking ? 'apiKeys.revoke' : 'delete')}
  </button>`;
};

/** Asks before a new key replaces an active one. */
export const replacingView = (
  { question: modal, handleConfirm }: ReplacingKeyForm,
  policy: ApiKeysPolicy,
  key: ApiKey | undefined,
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
        <p id="consequence">${localizer.text('apiKeySingle.stopsWorking')}</p>
        ${key ? aboutView(keyFacts(key, policy, localizer)) : nothing}
      </div>
      <div class="dialog-actions">
        <button type="button" part="cancel" @click=${modal.dismiss}>${localizer.text('cancel')}</button>
        <button type="button" class="danger" part="confirm" @click=${handleConfirm}>${title}</button>
      </div>
    `,
  });
};
