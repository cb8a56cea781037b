import { type Kysely, sql } from 'kysely';
import type { Organization } from '../ports/directory.js';
import { type ApiKeyPageRequest, listedKeys } from './api-key-filter.js';
import { apiKeySortColumns } from './api-keys.js';
import { type Condition, type PageOf, searchPage, type SortColumns, sortPage } from './page.js';
import { searchable } from './search.js';
import type { ApiKeyRow, Tables } from './tables.js';
import { type Total, totalOf } from './total.js';

/** Organizations and their members, as a directory outside this database has them. */
export interface ListedOrganizations {
  organizations: readonly Organization[];
  memberIds: ReadonlySet<string>;
}

type OfKeys = Condition<Tables, 'apiKey', ApiKeyRow>;

/** The order of owners: a person by their name, an organization by its own. */
const ownerOrder = (db: Kysely<Tables>, listed: ListedOrganizations | null) => {
  const nameOfPerson = db.selectFrom('person').select('nameOrder').whereRef('person.id', '=', sql.ref('owner_id'));
  const nameOfOrganization = db
    .selectFrom('organization')
    .select(sql`lower(organization.name)`.as('name'))
    .whereRef('organization.id', '=', sql.ref('owner_id'));
  // A deleted owner has no name, and comes first.
  return sql<string>`coalesce(case owner_kind
  when 'user' then ${nameOfPerson}
  else ${listed ? nameIn(listed) : nameOfOrganization} end, '')`;
};

/** In lower case; an organization has none. */
const ownerEmail = (db: Kysely<Tables>) => {
  const email = db
    .selectFrom('person')
    .select(sql<string>`lower(email)`.as('email'))
    .whereRef('person.id', '=', sql.ref('owner_id'));
  return sql<string>`(case owner_kind when 'user' then ${email} end)`;
};

const nameIn = ({ organizations }: ListedOrganizations) => {
  const names = organizations.map(({ id, name }) => sql`when ${id} then cast(${searchable(name)} as text)`);
  return sql`case owner_id ${sql.join(names, sql` `)} end`;
};

const sortColumns: SortColumns = {
  ...apiKeySortColumns,
  // Active keys first, those that end last before the others; then the expired ones; then the revoked ones. The clock
  // is not part of it, so an index can have this order.
  status: {
    expression: sql`case when revoked_at is not null then 8640000000000002 else -coalesce(expires_at, 8640000000000001) end`,
  },
};

/** The keys of organizations and of all their members. */
export const apiKeysWithin = (db: Kysely<Tables>) => {
  const keys = db.selectFrom('apiKey').selectAll();

  /** @param listed `null` where the table `membership` has the members. */
  const isWithin = (organizationIds: readonly string[], listed: ListedOrganizations | null): OfKeys => {
    const isOrganizations = sql`owner_id in (${sql.join(organizationIds)})`;
    const isMember = db
      .selectFrom('membership')
      .select(sql.lit(1).as('one'))
      .whereRef('membership.userId', '=', sql.ref('owner_id'))
      .where('membership.organizationId', 'in', organizationIds);
    return async (slice) => {
      const isMembers = listed ? isOneOf(await membersAmong(slice, listed)) : sql`exists ${isMember}`;
      return sql<boolean>`case owner_kind when 'user' then ${isMembers} else ${isOrganizations} end`;
    };
  };

  /** The members who own keys of a slice: they are few, while a directory may have any number. */
  const membersAmong = async (slice: Parameters<OfKeys>[0], { memberIds }: ListedOrganizations): Promise<string[]> => {
    const owners = await db
      .selectFrom(slice.as('looked'))
      .select('ownerId')
      .distinct()
      .where('ownerKind', '=', 'user')
      .execute();
    return owners.map(({ ownerId }) => ownerId).filter((id) => memberIds.has(id));
  };

  const listedCondition = (
    organizationIds: readonly string[],
    request: ApiKeyPageRequest,
    listed: ListedOrganizations | null,
  ): OfKeys => {
    const isListed = isWithin(organizationIds, listed);
    const found = listedKeys(request, { name: ownerOrder(db, listed), email: ownerEmail(db) });
    return found ? async (slice) => sql`(${await isListed(slice)}) and ${found}` : isListed;
  };

  return {
    findWithin: async (
      organizationIds: readonly string[],
      id: string,
      listed: ListedOrganizations | null = null,
    ): Promise<ApiKeyRow | undefined> => {
      const key = keys.where('id', '=', id);
      return key.where(await isWithin(organizationIds, listed)(key)).executeTakeFirst();
    },

    /**
     * Words are searched for in the names and addresses of owners too. Without words or a status, rows are looked at until
     * the page is full: only the page of a search may go on without being full.
     */
    pageWithin: (
      organizationIds: readonly string[],
      request: ApiKeyPageRequest,
      listed: ListedOrganizations | null = null,
    ): Promise<PageOf<ApiKeyRow>> => {
      const { sort } = request;
      const owner = ownerOrder(db, listed);
      const condition = listedCondition(organizationIds, request, listed);
      const isNarrowed = listedKeys(request) !== undefined;
      return sort.endsWith('owner')
        ? sortPage(db, keys, { ...sortColumns, owner: { expression: owner } }, request, 'createdAt', condition)
        : searchPage(db, keys, sortColumns, request, condition, isNarrowed ? undefined : Number.POSITIVE_INFINITY);
    },

    /** How many rows all pages have. */
    totalWithin: (
      organizationIds: readonly string[],
      request: ApiKeyPageRequest,
      listed: ListedOrganizations | null = null,
    ): Promise<Total> =>
      totalOf(db, keys, {
        columns: sortColumns,
        walk: 'createdAt',
        condition: listedCondition(organizationIds, request, listed),
      }),
  };
};

const isOneOf = (ids: readonly string[]) => (ids.length > 0 ? sql`owner_id in (${sql.join(ids)})` : sql`false`);
