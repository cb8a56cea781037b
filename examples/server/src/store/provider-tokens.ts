import type { Kysely } from 'kysely';
import { type Ending, toEndings } from './endings.js';
import type { OwnerRef } from './owners.js';
import { type PageOf, type PageRequest, readPage, type SortColumns } from './page.js';
import { contains } from './search.js';
import type { ProviderTokenRow, Tables } from './tables.js';

const sortColumns: SortColumns = {
  name: { column: 'name_order' },
  createdAt: { column: 'created_at' },
  updatedAt: { column: 'updated_at' },
};

export const providerTokensIn = (db: Kysely<Tables>) => {
  const ofOwner = ({ kind, id }: OwnerRef) =>
    db.selectFrom('providerToken').selectAll().where('ownerKind', '=', kind).where('ownerId', '=', id);

  return {
    find: (owner: OwnerRef, id: string): Promise<ProviderTokenRow | undefined> =>
      ofOwner(owner).where('id', '=', id).executeTakeFirst(),

    /** Newest first. */
    ofProvider: (owner: OwnerRef, provider: string): Promise<ProviderTokenRow[]> =>
      ofOwner(owner).where('provider', '=', provider).orderBy('createdAt', 'desc').orderBy('id', 'desc').execute(),

    count: async ({ kind, id }: OwnerRef): Promise<number> => {
      const { count } = await db
        .selectFrom('providerToken')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('ownerKind', '=', kind)
        .where('ownerId', '=', id)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    page: (owner: OwnerRef, request: PageRequest): Promise<PageOf<ProviderTokenRow>> =>
      readPage(request.q ? ofOwner(owner).where(contains(request.q)) : ofOwner(owner), sortColumns, request),

    /** Others of the owner that already have the name or the code. */
    namesakes: (owner: OwnerRef, name: string, code: string | null): Promise<ProviderTokenRow[]> =>
      ofOwner(owner)
        .where((eb) => eb.or([eb('name', '=', name), eb('code', '=', code)]))
        .execute(),

    endingBetween: async (after: number, until: number): Promise<Ending[]> =>
      toEndings(
        await db
          .selectFrom('providerToken')
          .select(['id', 'ownerKind', 'ownerId', 'expiresAt'])
          .where('expiresAt', '>', after)
          .where('expiresAt', '<=', until)
          .execute(),
      ),

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
    delete: async (id: string, version: number): Promise<boolean> => {
      const deleted = await db
        .deleteFrom('providerToken')
        .where('id', '=', id)
        .where('version', '=', version)
        .returning('id')
        .execute();
      return deleted.length > 0;
    },

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
