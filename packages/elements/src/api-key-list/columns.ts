import type { ApiKey, ApiKeysPolicy, ListAllApiKeysParams } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { ComparedField } from '../controllers/conflict-controller.js';
import { untilText } from '../locales/dates.js';
import type { apiKey } from '../locales/en/api-key.js';
import type { apiKeys } from '../locales/en/api-keys.js';
import type { ListId, Localizer } from '../locales/localizer.js';
import { moduleName } from '../locales/given-name.js';
import { neverView } from '../views/never.js';
import { dateView, pastTimeView } from '../views/timestamp.js';

export type ApiKeySort = NonNullable<ListAllApiKeysParams['sort']>;
export type ApiKeyListLocalizer = Localizer<ListId | keyof typeof apiKey | keyof typeof apiKeys>;

type Sorts = Partial<Record<string, readonly [first: ApiKeySort, second: ApiKeySort]>>;

/** How the server sorts by a column: first as people mostly want it, then the other way round. */
export const sortsOf: Sorts = {
  name: ['name', '-name'],
  createdAt: ['-createdAt', 'createdAt'],
  lastUsedAt: ['-lastUsedAt', 'lastUsedAt'],
  expiresAt: ['expiresAt', '-expiresAt'],
};

/** Among everybody's keys, also by whose they are, and by what still works. */
export const allSortsOf: Sorts = { ...sortsOf, owner: ['owner', '-owner'], status: ['status', '-status'] };

const tones: Partial<Record<string, string>> = { active: 'success', expired: 'danger' };

/** What of a key somebody else may have changed, before and after. */
export const comparedFields = (before: ApiKey, now: ApiKey, localizer: ApiKeyListLocalizer): ComparedField[] =>
  (['name', 'description', 'status'] as const).map((path) => {
    const shown = (key: ApiKey) => (path === 'status' ? localizer.term('apiKeys.status', key.status) : key[path]);
    return { path, label: localizer.text(`apiKeys.column.${path}`), before: shown(before), now: shown(now) };
  });

/** Warns that a key is about to end, from the policy's number of days on. */
export const expiryWarningView = (
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

/** A key's cell in a column; one that this version does not know stays empty. */
export const cellView = (column: string, key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer) => {
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
