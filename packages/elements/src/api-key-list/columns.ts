import type { ApiKey, ApiKeysPolicy, ApiKeyStatusFilter, ListAllApiKeysParams } from '@ai-cockpit/sdk';
import { type ApiKeyListLocalizer, detailedKeyCellView } from '../api-keys/key-cells.js';
import type { ListController } from '../controllers/list-controller.js';
import type { Column } from '../views/table.js';
import type { KeysOwner } from './key-source.js';

export type ApiKeySort = NonNullable<ListAllApiKeysParams['sort']>;

type Sorts = Partial<Record<string, readonly [first: ApiKeySort, second: ApiKeySort]>>;

/** The orders of a column: first the one that people mostly want, then the opposite. */
const sorts: Sorts = {
  name: ['name', '-name'],
  createdAt: ['-createdAt', 'createdAt'],
  lastUsedAt: ['-lastUsedAt', 'lastUsedAt'],
  expiresAt: ['expiresAt', '-expiresAt'],
};

/** The list of everybody's keys can also be sorted by owner and status. */
const allSorts: Sorts = { ...sorts, owner: ['owner', '-owner'], status: ['status', '-status'] };

/** The columns of the policy; the owner is one of them only in the list of everybody's keys. */
const columnIds = (owner: KeysOwner, { columns }: ApiKeysPolicy): readonly string[] => {
  if (owner === 'all' && columns.includes('owner')) return columns;
  const [first = 'name', ...others] = columns.filter((column) => column !== 'owner');
  return owner === 'all' ? [first, 'owner', ...others] : [first, ...others];
};

export const apiKeyColumns = (
  owner: KeysOwner,
  policy: ApiKeysPolicy,
  list: ListController<ApiKey, ApiKeySort, ApiKeyStatusFilter>,
  localizer: ApiKeyListLocalizer,
): readonly Column<ApiKey>[] =>
  columnIds(owner, policy).map((column) => {
    const orders = (owner === 'all' ? allSorts : sorts)[column];
    return {
      title: localizer.term('apiKeys.column', column),
      cell: (key) => detailedKeyCellView(column, key, policy, localizer, owner === 'all'),
      sort: orders && list.columnSort(...orders),
    };
  });
