import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { type ApiKeyListLocalizer, cellView, expiryWarningView } from './columns.js';

/** The column with the warning of a key's end: that of the end itself, else that of the status, else the first. */
const warningColumn = ({ columns }: ApiKeysPolicy) =>
  ['expiresAt', 'status'].find((column) => columns.includes(column)) ?? columns[0];

/** Where a key was last used from, as far as the server tells this person. */
const usedFromView = ({ lastUsedFrom }: ApiKey, localizer: ApiKeyListLocalizer) => {
  if (!lastUsedFrom) return nothing;
  const { address, product } = lastUsedFrom;
  const origin = product ? `${address} (${product})` : address;
  return html`<bdi class="used-from" part="used-from">${localizer.text('apiKeys.usedFrom', { origin })}</bdi>`;
};

/** A key's cell with what stands beside its contents: a warning of the end, and where there is room the origin of use. */
export const detailedCellView = (
  column: string,
  key: ApiKey,
  policy: ApiKeysPolicy,
  localizer: ApiKeyListLocalizer,
  hasOrigin = true,
) => {
  const cell = cellView(column, key, policy, localizer);
  if (column === 'lastUsedAt' && hasOrigin && key.lastUsedAt)
    return html`<span>${cell}${usedFromView(key, localizer)}</span>`;
  if (column === 'expiresAt' || column !== warningColumn(policy)) return cell;
  const warning = expiryWarningView(key, policy, localizer);
  return warning === nothing ? cell : html`<span class="expiry"><bdi>${cell}</bdi> ${warning}</span>`;
};
