import type { ListAllApiKeysParams } from '@ai-cockpit/sdk';

export type ApiKeySort = NonNullable<ListAllApiKeysParams['sort']>;

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
