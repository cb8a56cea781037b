import type { ApiKey, ApiKeyColumn, ApiKeysPolicy, ListApiKeysParams } from '@ai-cockpit/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer, MessageId } from '../locales/localizer.js';
import { timestampView } from '../views/timestamp.js';

export type ApiKeySort = NonNullable<ListApiKeysParams['sort']>;

/** How the server sorts by a column: first as people mostly want it, then the other way round. */
export const sortsOf: Partial<Record<string, readonly [first: ApiKeySort, second: ApiKeySort]>> = {
  name: ['name', '-name'],
  createdAt: ['-createdAt', 'createdAt'],
  lastUsedAt: ['-lastUsedAt', 'lastUsedAt'],
  expiresAt: ['expiresAt', '-expiresAt'],
};

const tones: Partial<Record<string, string>> = { active: 'success', expired: 'danger' };

/** What a key is called where it is spoken of. */
export const nameOf = ({ name, description, maskedValue }: ApiKey): string => name || description || maskedValue;

const statusView = ({ status }: ApiKey, localizer: Localizer) => {
  const id = `apiKeys.status.${status}`;
  const text = localizer.text(id as MessageId & 'apiKeys.status.active');
  // A status of a later contract is shown as it comes.
  return html`<span class="badge ${tones[status] ?? ''}" part="status">${text === id ? status : text}</span>`;
};

const expiryView = ({ status, expiresAt, expiresOn }: ApiKey, policy: ApiKeysPolicy, localizer: Localizer) => {
  if (!expiresAt) return localizer.text('never');
  const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
  const isNear = status === 'active' && days < (policy.warnDaysBeforeExpiry ?? 0);
  return html`<span class="expiry">
    ${timestampView(expiresAt, localizer, localizer.date(expiresOn ?? expiresAt))}
    ${
      isNear
        ? html`<span class="badge warning" part="warning">${localizer.text('apiKeys.expiresSoon', { when: localizer.relative(expiresAt) })}</span>`
        : nothing
    }
  </span>`;
};

type Cell = (key: ApiKey, policy: ApiKeysPolicy, localizer: Localizer) => TemplateResult | string;

const cells: Record<ApiKeyColumn, Cell> = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  maskedValue: ({ maskedValue }) => html`<span class="mono">${maskedValue}</span>`,
  owner: ({ owner }) => owner.name,
  module: ({ module }, { modules }, localizer) =>
    module === null ? localizer.text('apiKey.everything') : (modules.find(({ id }) => id === module)?.name ?? module),
  status: (key, _, localizer) => statusView(key, localizer),
  createdAt: ({ createdAt }, _, localizer) => timestampView(createdAt, localizer),
  createdBy: ({ createdBy }) => html`<span class="person">${createdBy}</span>`,
  lastUsedAt: ({ lastUsedAt }, _, localizer) =>
    lastUsedAt ? timestampView(lastUsedAt, localizer) : localizer.text('never'),
  expiresAt: expiryView,
};

/** A key's cell in a column; one that this version does not know stays empty. */
export const cellView = (column: string, ...row: Parameters<Cell>) =>
  (cells as Partial<Record<string, Cell>>)[column]?.(...row) ?? nothing;

/** A column's heading; one that this version does not know is named by its id. */
export const columnTitle = (column: string, localizer: Localizer): string => {
  const id = `apiKeys.column.${column}`;
  const text = localizer.text(id as MessageId & 'apiKeys.column.name');
  return text === id ? column : text;
};
