import { type Kysely, sql } from 'kysely';
import type { Organization } from '../ports/directory.js';
import { type Ending, toEndings } from './endings.js';
import type { Dialect } from './migrations.js';
import type { OwnerRef } from './owners.js';
import { type PageOf, type PageRequest, readPage, type SortColumns } from './page.js';
import { contains, searchable } from './search.js';
import type { ApiKeyRow, Tables } from './tables.js';

const sortColumns: SortColumns = {
  name: { column: 'name_order' },
  createdAt: { column: 'created_at' },
  expiresAt: { column: 'expires_at', nullable: true },
  lastUsedAt: { column: 'last_used_at', nullable: true },
};

/** What a directory outside this database says of the organizations whose keys are listed. */
export interface ListedOrganizations {
  organizations: readonly Organization[];
  memberIds: readonly string[];
}

/** What an owner is listed by: a person as they are called, an organization as it is. */
const ownerOrder = (db: Kysely<Tables>, listed: ListedOrganizations | null) => {
  const nameOfPerson = db.selectFrom('person').select('nameOrder').whereRef('person.id', '=', sql.ref('owner_id'));
  const nameOfOrganization = db
    .selectFrom('organization')
    .select(sql`lower(organization.name)`.as('name'))
    .whereRef('organization.id', '=', sql.ref('owner_id'));
  return sql<string>`case owner_kind
  when 'user' then ${nameOfPerson}
  else ${listed ? nameIn(listed) : nameOfOrganization} end`;
};

const nameIn = ({ organizations }: ListedOrganizations) => {
  const names = organizations.map(({ id, name }) => sql`when ${id} then cast(${searchable(name)} as text)`);
  return sql`case owner_id ${sql.join(names, sql` `)} end`;
};

/** Whether the owner's name has the words somewhere. Who is called so is found once, not for each key. */
const ownerCalled = (db: Kysely<Tables>, words: string, listed: ListedOrganizations | null) => {
  const people = db.selectFrom('person').select('person.id').where(contains(words, sql`person.name_order`));
  const organizations = db
    .selectFrom('organization')
    .select('organization.id')
    .where(contains(words, sql`lower(organization.name)`));
  return sql<boolean>`case owner_kind
  when 'user' then owner_id in ${people}
  else ${listed ? contains(words, sql<string>`${nameIn(listed)}`) : sql`owner_id in ${organizations}`} end`;
};

const allSortColumns = (db: Kysely<Tables>, now: number, listed: ListedOrganizations | null): SortColumns => ({
  ...sortColumns,
  // What is nobody's any more comes first rather than nowhere.
  owner: { expression: sql`coalesce(${ownerOrder(db, listed)}, '')` },
  status: {
    expression: sql`case when revoked_at is not null then 2 when expires_at <= ${sql.lit(now)} then 1 else 0 end`,
  },
});

/** One parameter for any number of texts: databases take only so many. */
const rowsOf = (texts: readonly string[], dialect: Dialect) =>
  dialect === 'sqlite'
    ? sql`select value from json_each(${JSON.stringify(texts)})`
    : sql`select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb)`;

export const apiKeysIn = (db: Kysely<Tables>, dialect: Dialect) => {
  const ofOwner = ({ kind, id }: OwnerRef) =>
    db.selectFrom('apiKey').selectAll().where('ownerKind', '=', kind).where('ownerId', '=', id);

  /**
   * The keys of these organizations and of all their members. A condition that no index answers, on purpose: what is
   * listed is found by walking along the index that it is sorted by, since most keys of a store are among them.
   *
   * @param listed `null` where the table `membership` says who the members are.
   */
  const within = (organizationIds: readonly string[], listed: ListedOrganizations | null) => {
    const members = db
      .selectFrom('membership')
      .select(sql.lit(1).as('one'))
      .whereRef('membership.userId', '=', sql.ref('api_key.owner_id'))
      .where('membership.organizationId', 'in', organizationIds);
    const isMembers = listed ? sql`owner_id in (${rowsOf(listed.memberIds, dialect)})` : sql`exists ${members}`;
    return db
      .selectFrom('apiKey')
      .selectAll()
      .where(
        sql<boolean>`case owner_kind when 'user' then ${isMembers} else owner_id in (${sql.join(organizationIds)}) end`,
      );
  };

  return {
    /** Whoever's it is: for somebody who presents the key itself. */
    findPresented: (id: string): Promise<ApiKeyRow | undefined> =>
      db.selectFrom('apiKey').selectAll().where('id', '=', id).executeTakeFirst(),

    find: (owner: OwnerRef, id: string): Promise<ApiKeyRow | undefined> =>
      ofOwner(owner).where('id', '=', id).executeTakeFirst(),

    count: async ({ kind, id }: OwnerRef): Promise<number> => {
      const { count } = await db
        .selectFrom('apiKey')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('ownerKind', '=', kind)
        .where('ownerId', '=', id)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    page: (owner: OwnerRef, request: PageRequest): Promise<PageOf<ApiKeyRow>> =>
      readPage(request.q ? ofOwner(owner).where(contains(request.q)) : ofOwner(owner), sortColumns, request),

    findWithin: (
      organizationIds: readonly string[],
      id: string,
      listed: ListedOrganizations | null = null,
    ): Promise<ApiKeyRow | undefined> => within(organizationIds, listed).where('id', '=', id).executeTakeFirst(),

    /** Searched by the names of their owners too. */
    pageWithin: (
      organizationIds: readonly string[],
      request: PageRequest,
      now: number,
      listed: ListedOrganizations | null = null,
    ): Promise<PageOf<ApiKeyRow>> => {
      const keys = within(organizationIds, listed);
      const found = request.q
        ? keys.where((eb) => eb.or([contains(request.q), ownerCalled(db, request.q, listed)]))
        : keys;
      return readPage(found, allSortColumns(db, now, listed), request);
    },

    /** Neither revoked nor expired nor rotated; the oldest first. */
    usable: (owner: OwnerRef, now: number): Promise<ApiKeyRow[]> =>
      ofOwner(owner)
        .where('revokedAt', 'is', null)
        .where('rotatedTo', 'is', null)
        .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))
        .orderBy('createdAt')
        .orderBy('id')
        .execute(),

    /** Usable until then. */
    endingBetween: async (after: number, until: number): Promise<Ending[]> =>
      toEndings(
        await db
          .selectFrom('apiKey')
          .select(['id', 'ownerKind', 'ownerId', 'expiresAt'])
          .where('expiresAt', '>', after)
          .where('expiresAt', '<=', until)
          .where('revokedAt', 'is', null)
          .where('rotatedTo', 'is', null)
          .execute(),
      ),

    hasUnrevokedNamed: async (owner: OwnerRef, name: string): Promise<boolean> => {
      const found = await ofOwner(owner).where('name', '=', name).where('revokedAt', 'is', null).executeTakeFirst();
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

    /** Those revoked or expired. */
    deleteUnusable: (owner: OwnerRef, now: number): Promise<ApiKeyRow[]> =>
      db
        .deleteFrom('apiKey')
        .where('ownerKind', '=', owner.kind)
        .where('ownerId', '=', owner.id)
        .where((eb) => eb.or([eb('revokedAt', 'is not', null), eb('expiresAt', '<=', now)]))
        .returningAll()
        .execute(),

    /** Whether the version was there to delete. */
    delete: async (id: string, version: number): Promise<boolean> => {
      const deleted = await db
        .deleteFrom('apiKey')
        .where('id', '=', id)
        .where('version', '=', version)
        .returning('id')
        .execute();
      return deleted.length > 0;
    },

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
    countUsable: async (
      now: number,
      which: { hashesBegin: string } | { hashesBeginWithNoneOf: readonly string[] },
    ): Promise<number> => {
      const begins = (marker: string) => sql<boolean>`substr(hash, 1, ${sql.lit(marker.length)}) = ${marker}`;
      const markers = 'hashesBegin' in which ? [which.hashesBegin] : which.hashesBeginWithNoneOf;
      const { keys } = await db
        .selectFrom('apiKey')
        .select((eb) => eb.fn.countAll<number>().as('keys'))
        .where('revokedAt', 'is', null)
        .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))
        .where((eb) => ('hashesBegin' in which ? eb.or(markers.map(begins)) : eb.not(eb.or(markers.map(begins)))))
        .executeTakeFirstOrThrow();
      return Number(keys);
    },

    /** Unless it was marked since. */
    markUsed: async (id: string, at: number, since: number): Promise<void> => {
      await db
        .updateTable('apiKey')
        .set({ lastUsedAt: at })
        .where('id', '=', id)
        .where((eb) => eb.or([eb('lastUsedAt', 'is', null), eb('lastUsedAt', '<=', since)]))
        .execute();
    },
  };
};
