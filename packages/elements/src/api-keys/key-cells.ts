import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { ComparedField } from '../controllers/conflict-controller.js';
import { untilText } from '../locales/dates.js';
import type { apiKey } from '../locales/en/api-key.js';
import type { apiKeys } from '../locales/en/api-keys.js';
import { moduleName } from '../locales/given-name.js';
import type { ListId, Localizer } from '../locales/localizer.js';
import { neverView } from '../views/never.js';
import { dateView, pastTimeView } from '../views/timestamp.js';

export type ApiKeyListLocalizer = Localizer<ListId | keyof typeof apiKey | keyof typeof apiKeys>;

const tones: Partial<Record<string, string>> = { active: 'success', expired: 'danger' };

/** The fields of a key that another person may have changed, before and after. */
export const comparedKeyFields = (before: ApiKey, now: ApiKey, localizer: ApiKeyListLocalizer): ComparedField[] =>
  (['name', 'description', 'status'] as const).map((path) => {
    const shown = (key: ApiKey) => (path === 'status' ? localizer.term('apiKeys.status', key.status) : key[path]);
    return { path, label: localizer.text(`apiKeys.column.${path}`), before: shown(before), now: shown(now) };
  });

/** Warns that a key is about to end, from the policy's number of days on. */
const expiryWarningView = (
  { status, expiresAt, expiresOn }: ApiKey,
  { warnDaysBeforeExpiry }: ApiKeysPolicy,
  localizer: ApiKeyListLocalizer,
) => {
  const days = (Date.parse(expiresAt ?? '') - localizer.now()) / 86_400_000;
  return expiresAt && status === 'active' && days < (warnDaysBeforeExpiry ?? 0)
    ? html`<span class="badge warning" part="warning">${localizer.text('apiKeys.expiresSoon', { when: untilText(expiresOn ?? expiresAt, localizer) })}</span>`
    : nothing;
};

const expiryView = (key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer) => {
  const { expiresAt, expiresOn } = key;
  if (!expiresAt) return neverView('neverExpires', localizer);
  // When a date ends in UTC, the next day has begun in some zones: its instant would contradict it.
  const date = dateView(expiresOn ?? expiresAt, localizer);
  const warning = expiryWarningView(key, policy, localizer);
  return warning === nothing ? date : html`<span class="expiry">${date} ${warning}</span>`;
};

/** A key's value in a column. A column that this version does not know stays empty. */
const keyCellView = (column: string, key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer) => {
  switch (column) {
    case 'name':
    case 'description':
      return key[column];
    case 'maskedValue':
      return html`<span class="mono">${key.maskedValue}</span>`;
    case 'owner':
      return html`<bdi class="person">${key.owner.name}</bdi>`;
    case 'module': {
      if (key.module === null) return localizer.text('apiKey.everything');
      const module = policy.modules.find(({ id }) => id === key.module);
      return module ? moduleName(module, localizer) : key.module;
    }
    case 'status':
      return html`<span class="badge ${tones[key.status] ?? ''}" part="status"
        >${localizer.term('apiKeys.status', key.status)}</span
      >`;
    case 'createdBy':
      return html`<bdi class="person">${key.createdBy}</bdi>`;
    case 'createdAt':
    case 'lastUsedAt':
      return key[column] ? pastTimeView(key[column], localizer) : neverView('neverUsed', localizer);
    case 'expiresAt':
      return expiryView(key, policy, localizer);
    default:
      return nothing;
  }
};

/** The column that shows the expiration warning: the expiration date, else the status, else the first. */
const warningColumn = ({ columns }: ApiKeysPolicy) =>
  ['expiresAt', 'status'].find((column) => columns.includes(column)) ?? columns[0];

/** Where a key was last used from, as far as the server tells this person. */
const usedFromView = ({ lastUsedFrom }: ApiKey, localizer: ApiKeyListLocalizer) => {
  if (!lastUsedFrom) return nothing;
  const { address, product } = lastUsedFrom;
  const origin = product ? `${address} (${product})` : address;
  return html`<bdi class="used-from" part="used-from">${localizer.text('apiKeys.usedFrom', { origin })}</bdi>`;
};

/** A key's cell with what stands beside the value: a warning of its expiration, and with `hasOrigin` where it was used from. */
export const detailedKeyCellView = (
  column: string,
  key: ApiKey,
  policy: ApiKeysPolicy,
  localizer: ApiKeyListLocalizer,
  hasOrigin = true,
) => {
  const cell = keyCellView(column, key, policy, localizer);
  if (column === 'lastUsedAt' && hasOrigin && key.lastUsedAt)
    return html`<span>${cell}${usedFromView(key, localizer)}</span>`;
  if (column === 'expiresAt' || column !== warningColumn(policy)) return cell;
  const warning = expiryWarningView(key, policy, localizer);
  return warning === nothing ? cell : html`<span class="expiry"><bdi>${cell}</bdi> ${warning}</span>`;
};
