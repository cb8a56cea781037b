import { type Kysely, sql } from 'kysely';
import { type ApiKeyPageRequest, listedKeys } from './api-key-filter.js';
import { countInSlices, countUpTo } from './count.js';
import { deleteVersion } from './delete-version.js';
import { type Ending, endingsAfter } from './endings.js';
import type { OwnerRef } from './owners.js';
import { type PageOf, readPage, searchPage, type SortColumns } from './page.js';
import { searchable } from './search.js';
import type { ApiKeyRow, Tables } from './tables.js';
import { type Total, totalOf } from './total.js';

export const apiKeySortColumns: SortColumns = {
  name: { column: 'name_order' },
  createdAt: { column: 'created_at' },
  expiresAt: { column: 'expires_at', nullable: true },
  lastUsedAt: { column: 'last_used_at', nullable: true },
};

/** Where a key is used from. */
export interface UseOrigin {
  address: string;
  product: string | null;
}

export const apiKeysIn = (db: Kysely<Tables>) => {
  const ofOwner = ({ kind, id }: OwnerRef) =>
    db.selectFrom('apiKey').selectAll().where('ownerKind', '=', kind).where('ownerId', '=', id);

  /** Neither revoked nor expired nor rotated. */
  const usableOf = (owner: OwnerRef, now: number) =>
    ofOwner(owner)
      .where('revokedAt', 'is', null)
      .where('rotatedTo', 'is', null)
      .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]));

  return {
    /** Whoever's it is: for somebody who presents the key itself. */
    findPresented: (id: string): Promise<ApiKeyRow | undefined> =>
      db.selectFrom('apiKey').selectAll().where('id', '=', id).executeTakeFirst(),

    find: (owner: OwnerRef, id: string): Promise<ApiKeyRow | undefined> =>
      ofOwner(owner).where('id', '=', id).executeTakeFirst(),

    /** At most so many. */
    count: (owner: OwnerRef, most: number): Promise<number> => countUpTo(db, ofOwner(owner), most),

    page: (owner: OwnerRef, request: ApiKeyPageRequest): Promise<PageOf<ApiKeyRow>> => {
      const listed = listedKeys(request);
      return listed
        ? searchPage(db, ofOwner(owner), apiKeySortColumns, request, () => listed)
        : readPage(ofOwner(owner), apiKeySortColumns, request);
    },

    /** How many rows all pages have. */
    total: (owner: OwnerRef, request: ApiKeyPageRequest): Promise<Total> => {
      const listed = listedKeys(request);
      return totalOf(db, ofOwner(owner), {
        columns: apiKeySortColumns,
        walk: request.sort,
        condition: listed && (() => listed),
      });
    },

    /** At most so many. */
    countUsable: (owner: OwnerRef, now: number, most: number): Promise<number> =>
      countUpTo(db, usableOf(owner, now), most),

    /** Those created first, at most so many. */
    oldestUsable: (owner: OwnerRef, now: number, most: number): Promise<ApiKeyRow[]> =>
      usableOf(owner, now).orderBy('createdAt').orderBy('id').limit(most).execute(),

    /** Usable until they end; the first to end first, at most so many. */
    endingAfter: (after: Pick<Ending, 'expiresAt' | 'id'>, until: number, limit: number): Promise<Ending[]> =>
      endingsAfter(
        db.selectFrom('apiKey').where('revokedAt', 'is', null).where('rotatedTo', 'is', null),
        after,
        until,
        limit,
      ),

    hasUnrevokedNamed: async (owner: OwnerRef, name: string): Promise<boolean> => {
      const found = await ofOwner(owner)
        // The index has the normalised name.
        .where('nameOrder', '=', searchable(name))
        .where('name', '=', name)
        .where('revokedAt', 'is', null)
        .executeTakeFirst();
      return found !== undefined;
    },

    add: async (key: ApiKeyRow): Promise<void> => {
      await db.insertInto('apiKey').values(key).execute();
    },

    /** Does nothing to a key that is revoked already. */
    revoke: (id: string, at: number, reason: string | null): Promise<ApiKeyRow | undefined> =>
      db
        .updateTable('apiKey')
        .set((eb) => ({ revokedAt: at, revocationReason: reason, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .returningAll()
        .executeTakeFirst(),

    /** Deletes revoked and expired keys, at most so many, and answers with them. */
    deleteUnusable: (owner: OwnerRef, now: number, limit: number): Promise<ApiKeyRow[]> => {
      const unusable = ofOwner(owner)
        .where((eb) => eb.or([eb('revokedAt', 'is not', null), eb('expiresAt', '<=', now)]))
        .clearSelect()
        .select('id')
        .limit(limit);
      return db.deleteFrom('apiKey').where('id', 'in', unusable).returningAll().execute();
    },

    /** Whether the version was there to delete. */
    delete: (id: string, version: number): Promise<boolean> => deleteVersion(db, 'apiKey', id, version),

    /** Those revoked or expired before then; answers how many there were, of at most so many. */
    deleteEndedBefore: async (at: number, limit: number): Promise<number> => {
      const ended = (column: 'revokedAt' | 'expiresAt') =>
        db.selectFrom('apiKey').select('id').where(column, '<=', at).limit(limit);
      let deleted = 0;
      for (const column of ['revokedAt', 'expiresAt'] as const) {
        const { numDeletedRows } = await db.deleteFrom('apiKey').where('id', 'in', ended(column)).executeTakeFirst();
        deleted = Math.max(deleted, Number(numDeletedRows));
      }
      return deleted;
    },

    /** Unless another process was first. */
    replaceHash: async (id: string, from: string, to: string): Promise<void> => {
      await db.updateTable('apiKey').set({ hash: to }).where('id', '=', id).where('hash', '=', from).execute();
    },

    /** How many keys can be used now whose stored hashes begin so. */
    countUsableByHash: (
      now: number,
      which: { hashesBegin: string } | { hashesBeginWithNoneOf: readonly string[] },
    ): Promise<number> => {
      const begins = (marker: string) => sql<boolean>`substr(hash, 1, ${sql.lit(marker.length)}) = ${marker}`;
      const markers = 'hashesBegin' in which ? [which.hashesBegin] : which.hashesBeginWithNoneOf;
      const begin = sql.join(markers.map(begins), sql` or `);
      return countInSlices(
        db,
        db.selectFrom('apiKey').selectAll(),
        apiKeySortColumns,
        'createdAt',
        sql`revoked_at is null and (expires_at is null or expires_at > ${now})
          and ${'hashesBegin' in which ? sql`(${begin})` : sql`not (${begin})`}`,
      );
    },

    /** Unless it was marked since. */
    markUsed: async (id: string, at: number, since: number, { address, product }: UseOrigin): Promise<void> => {
      await db
        .updateTable('apiKey')
        .set({ lastUsedAt: at, lastUsedAddress: address, lastUsedProduct: product })
        .where('id', '=', id)
        .where((eb) => eb.or([eb('lastUsedAt', 'is', null), eb('lastUsedAt', '<=', since)]))
        .execute();
    },
  };
};
