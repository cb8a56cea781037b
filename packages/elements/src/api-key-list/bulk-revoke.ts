import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { apiKeyName } from '../api-keys/created-key.js';
import type { ApiKeyListLocalizer } from '../api-keys/key-cells.js';
import { ageFacts } from '../api-keys/key-facts.js';
import type { BulkController, BulkResult } from '../controllers/bulk-controller.js';
import { alertIcon } from '../icons/icons.js';
import { dialogView } from '../views/dialog.js';
import { problemView } from '../views/problem.js';
import type { Selection } from '../views/select.js';
import { slowView } from '../views/skeleton.js';

type Bulk = BulkController<ApiKey>;

const resultText = (result: BulkResult | undefined, localizer: ApiKeyListLocalizer): string => {
  if (result === 'pending') return localizer.text('apiKeys.revoking');
  if (result === 'done') return localizer.text('apiKeys.status.revoked');
  if (result === 'gone') return localizer.text('apiKeys.bulk.alreadyDeleted');
  return result ? localizer.text('apiKeys.bulk.notRevoked') : '';
};

/** The check boxes of the rows that can be revoked. */
export const bulkSelection = (
  bulk: Bulk,
  canSelect: (key: ApiKey) => boolean,
  localizer: ApiKeyListLocalizer,
): Selection<ApiKey> => ({
  allLabel: localizer.text('apiKeys.bulk.selectAll'),
  labelOf: (key) => localizer.text('apiKeys.bulk.select', { name: apiKeyName(key) }),
  canSelect,
  has: (key) => bulk.has(key),
  select: (keys, isSelected) => bulk.select(keys, isSelected),
});

/** The button that opens the dialog; nothing while no key is selected. */
export const bulkButtonView = ({ size, ask }: Bulk, localizer: ApiKeyListLocalizer) =>
  size > 0
    ? html`<button type="button" class="danger" part="bulk-revoke" aria-haspopup="dialog" @click=${ask}>
        ${localizer.counted('apiKeys.bulk.revoke', size)}
      </button>`
    : nothing;

const rowView = (
  key: ApiKey,
  result: BulkResult | undefined,
  policy: ApiKeysPolicy,
  localizer: ApiKeyListLocalizer,
) => {
  const isError = result === 'failed' || result === 'kept';
  return html`<li part="bulk-row">
    <span>
      <bdi>${apiKeyName(key)}</bdi>
      <span class="muted"><bdi>${key.owner.name}</bdi> <bdi class="mono">${key.maskedValue}</bdi></span>
      ${ageFacts(key, policy, localizer).map(({ label, value }) => html`<span class="muted age">${label}: ${value}</span>`)}
    </span>
    <span class=${isError ? 'result error' : 'result'} part="bulk-result"
      >${isError ? alertIcon : nothing}${resultText(result, localizer)}</span
    >
  </li>`;
};

/** The dialog with all selected keys, and then the result of each; render it only while it is open. */
export const bulkRevokeView = (bulk: Bulk, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer) => {
  const { modal, form, items, results, remaining, handleSubmit } = bulk;
  const { pending, problem, unplaced, slow } = form;
  const done = items.length - remaining;
  const hasResults = results.size > 0;
  const isResult = hasResults && !pending;
  const question = localizer.counted('apiKeys.bulk.revoke', items.length);
  const title = !isResult
    ? question
    : remaining > 0
      ? localizer.text('apiKeys.bulk.partly', { done, total: items.length })
      : localizer.counted('apiKeys.bulk.done', done);
  return dialogView({
    modal,
    role: 'alertdialog',
    title,
    describedBy: isResult ? 'outcome' : 'consequence',
    content: html`<form novalidate aria-busy=${pending} @submit=${handleSubmit}>
      <div class="dialog-body">
        ${isResult ? nothing : html`<p id="consequence">${localizer.counted('apiKeys.bulk.consequence', items.length)}</p>`}
        <ul class="bulk" part="bulk-list">
          ${items.map((key) => rowView(key, results.get(key.id), policy, localizer))}
        </ul>
        <p class="note" id="outcome" role="status"
          >${isResult ? localizer.text('apiKeys.bulk.summary', { done, total: items.length }) : nothing}</p
        >
        ${problem ? problemView({ error: problem, localizer, unplaced }) : nothing} ${slowView(slow, localizer)}
      </div>
      <div class="dialog-actions">
        <button type="button" part="cancel" aria-disabled=${pending} @click=${modal.dismiss}>
          ${localizer.text(isResult ? 'close' : 'cancel')}
        </button>
        ${
          remaining > 0
            ? html`<button class="danger" part="confirm" aria-disabled=${pending}>
                ${pending ? localizer.text('apiKeys.revoking') : hasResults ? localizer.text('retry') : question}
              </button>`
            : nothing
        }
      </div>
    </form>`,
  });
};
