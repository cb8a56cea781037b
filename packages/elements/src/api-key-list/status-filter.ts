import type { ApiKeysPolicy, ApiKeyStatusFilter } from '@ai-cockpit/sdk';
import { html } from 'lit';
import type { ApiKeyListLocalizer } from '../api-keys/key-cells.js';
import type { KeysOwner } from './key-source.js';

/** The statuses that a policy lets keys have; an administrator may revoke everybody's under any policy. */
const statusesOf = (owner: KeysOwner, { expiry, removal, atLimit }: ApiKeysPolicy): readonly ApiKeyStatusFilter[] => [
  'active',
  ...(expiry.mode === 'none' ? [] : (['expiring', 'expired'] as const)),
  ...(owner === 'all' || removal === 'revokeThenDelete' || atLimit === 'replace' ? (['revoked'] as const) : []),
  'unused',
];

export const statusFilterText = (status: ApiKeyStatusFilter, localizer: ApiKeyListLocalizer): string =>
  status === 'expiring' || status === 'unused'
    ? localizer.text(`apiKeys.filter.${status}`)
    : localizer.text(`apiKeys.status.${status}`);

interface FilterableList {
  readonly submittedQuery: { readonly status: ApiKeyStatusFilter | undefined };
  filter(status: ApiKeyStatusFilter | undefined): void;
}

/** Filters a list by the status of its keys. */
export const statusFilterView = (
  list: FilterableList,
  owner: KeysOwner,
  policy: ApiKeysPolicy,
  localizer: ApiKeyListLocalizer,
) => {
  const statuses = statusesOf(owner, policy);
  return html`<select
    class="filter"
    part="filter"
    aria-label=${localizer.text('apiKeys.column.status')}
    @change=${({ target }: Event) => {
      const { selectedIndex } = target as HTMLSelectElement;
      list.filter(statuses[selectedIndex - 1]);
    }}
  >
    <option .selected=${!list.submittedQuery.status}>${localizer.text('apiKeys.filter.all')}</option>
    ${statuses.map(
      (status) =>
        html`<option .selected=${status === list.submittedQuery.status}>${statusFilterText(status, localizer)}</option>`,
    )}
  </select>`;
};
