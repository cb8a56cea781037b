import type { Kysely } from 'kysely';
import { countUpTo } from './count.js';
import { deleteVersion } from './delete-version.js';
import { type Ending, endingsAfter } from './endings.js';
import type { OwnerRef } from './owners.js';
import { type PageOf, readPage, searchPage, type SortColumns } from './page.js';
import { listedTokens, type ProviderTokenPageRequest } from './provider-token-filter.js';
import { searchable } from './search.js';
import type { ProviderTokenRow, Tables } from './tables.js';
import { type Total, totalOf } from './total.js';

const sortColumns: SortColumns = {
  name: { column: 'name_order' },
  createdAt: { column: 'created_at' },
  updatedAt: { column: 'updated_at' },
};

export const providerTokensIn = (db: Kysely<Tables>) => {
  const ofOwner = ({ kind, id }: OwnerRef) =>
    db.selectFrom('providerToken').selectAll().where('ownerKind', '=', kind).where('ownerId', '=', id);

  const ofProvider = (owner: OwnerRef, provider: string, code?: string) => {
    const tokens = ofOwner(owner).where('provider', '=', provider);
    return code === undefined ? tokens : tokens.where('code', '=', code);
  };

  return {
    find: (owner: OwnerRef, id: string): Promise<ProviderTokenRow | undefined> =>
      ofOwner(owner).where('id', '=', id).executeTakeFirst(),

    hasOfProvider: async (owner: OwnerRef, provider: string, code?: string): Promise<boolean> =>
      (await countUpTo(db, ofProvider(owner, provider, code), 1)) > 0,

    /** The newest token of a provider that has not expired and has no excluded status. */
    newestOfProvider: (
      owner: OwnerRef,
      provider: string,
      code: string | undefined,
      now: number,
      excludedStatuses: readonly string[],
    ): Promise<ProviderTokenRow | undefined> =>
      ofProvider(owner, provider, code)
        .where('status', 'not in', excludedStatuses)
        .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),

    /** At most so many. */
    count: (owner: OwnerRef, most: number): Promise<number> => countUpTo(db, ofOwner(owner), most),

    page: (owner: OwnerRef, request: ProviderTokenPageRequest): Promise<PageOf<ProviderTokenRow>> => {
      const condition = listedTokens(request);
      return condition
        ? searchPage(db, ofOwner(owner), sortColumns, request, () => condition)
        : readPage(ofOwner(owner), sortColumns, request);
    },

    /** How many rows all pages have. */
    total: (owner: OwnerRef, request: ProviderTokenPageRequest): Promise<Total> => {
      const condition = listedTokens(request);
      return totalOf(db, ofOwner(owner), {
        columns: sortColumns,
        walk: request.sort,
        condition: condition && (() => condition),
      });
    },

    /** Whether another token of the owner has this name. */
    hasOtherNamed: async (owner: OwnerRef, name: string, id: string): Promise<boolean> => {
      const others = ofOwner(owner)
        // The index has the normalised name.
        .where('nameOrder', '=', searchable(name))
        .where('name', '=', name)
        .where('id', '!=', id);
      return (await countUpTo(db, others, 1)) > 0;
    },

    /** Whether another token of the owner has this code. */
    hasOtherCoded: async (owner: OwnerRef, code: string, id: string): Promise<boolean> =>
      (await countUpTo(db, ofOwner(owner).where('code', '=', code).where('id', '!=', id), 1)) > 0,

    /** The first to end first, at most so many. */
    endingAfter: (after: Pick<Ending, 'expiresAt' | 'id'>, until: number, limit: number): Promise<Ending[]> =>
      endingsAfter(db.selectFrom('providerToken'), after, until, limit),

    add: async (token: ProviderTokenRow): Promise<void> => {
      await db.insertInto('providerToken').values(token).execute();
    },

    /** Only over the version that the change was made from; else `undefined`. */
    update: (id: string, version: number, change: Partial<ProviderTokenRow>): Promise<ProviderTokenRow | undefined> =>
      db
        .updateTable('providerToken')
        .set({ ...change, version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .returningAll()
        .executeTakeFirst(),

    /** Whether the version was there to delete. */
    delete: (id: string, version: number): Promise<boolean> => deleteVersion(db, 'providerToken', id, version),

    /** Whether the token is still there. */
    markUsed: async (id: string, at: number): Promise<boolean> => {
      const marked = await db
        .updateTable('providerToken')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .returning('id')
        .execute();
      return marked.length > 0;
    },
  };
};
