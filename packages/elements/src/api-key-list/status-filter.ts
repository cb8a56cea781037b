import type { ApiKeysPolicy, ApiKeyStatusFilter } from '@ai-cockpit/sdk';
import { html } from 'lit';
import type { ApiKeyListLocalizer } from './columns.js';

/** The statuses that keys can have under a policy; where none ends, none is about to. */
const statusesOf = ({ expiry }: ApiKeysPolicy): readonly ApiKeyStatusFilter[] =>
  expiry.mode === 'none' ? ['active', 'revoked', 'unused'] : ['active', 'expiring', 'expired', 'revoked', 'unused'];

export const statusFilterText = (status: ApiKeyStatusFilter, localizer: ApiKeyListLocalizer): string =>
  status === 'expiring' || status === 'unused'
    ? localizer.text(`apiKeys.filter.${status}`)
    : localizer.text(`apiKeys.status.${status}`);

interface Filtered {
  readonly status: ApiKeyStatusFilter | undefined;
  narrow(status: ApiKeyStatusFilter | undefined): void;
}

/** Narrows a list to the keys of one status. */
export const statusFilterView = (list: Filtered, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer) => {
  const statuses = statusesOf(policy);
  return html`<select
    class="filter"
    part="filter"
    aria-label=${localizer.text('apiKeys.column.status')}
    @change=${({ target }: Event) => {
      const { selectedIndex } = target as HTMLSelectElement;
      list.narrow(statuses[selectedIndex - 1]);
    }}
  >
    <option .selected=${!list.status}>${localizer.text('apiKeys.filter.all')}</option>
    ${statuses.map(
      (status) => html`<option .selected=${status === list.status}>${statusFilterText(status, localizer)}</option>`,
    )}
  </select>`;
};
