import type { Kysely } from 'kysely';
import { isBlank, type Role, visibleText } from '@ai-cockpit/sdk/contract';
import type { Directory, Member, Membership, Organization } from '../ports/directory.js';
import { inBatches } from './batches.js';
import type { Tables } from './tables.js';

/** The directory as tables that the host fills: `organization`, `membership`, and `person.removed_at`. */
export interface DirectoryTables extends Directory {
  addOrganization(organization: Organization): Promise<void>;
  /** Adds the person, or changes their role. */
  setMembership(userId: string, organizationId: string, role: Role): Promise<void>;
  removeMembership(userId: string, organizationId: string): Promise<void>;
  /** Ends all access of this person, whatever their sessions and keys say. */
  removePerson(userId: string, at: number): Promise<void>;
}

/** As people tell it by: of what a host wrote, only what can be seen. */
const nameOf = ({ id, name }: Organization): string => (isBlank(name) ? id : visibleText(name));

export const directoryIn = (db: Kysely<Tables>): DirectoryTables => ({
  admits: async (userId) => {
    const person = await db.selectFrom('person').select('removedAt').where('id', '=', userId).executeTakeFirst();
    return !person || person.removedAt === null;
  },

  memberships: async (userId): Promise<Membership[]> => {
    const rows = await db
      .selectFrom('membership')
      .innerJoin('organization', 'organization.id', 'membership.organizationId')
      .select(['organization.id', 'organization.name', 'membership.role'])
      .where('membership.userId', '=', userId)
      .orderBy('membership.position')
      .orderBy('organization.id')
      .execute();
    // The column's check constraint allows the roles and nothing else.
    return rows.map(({ id, name, role }) => ({ id, name: nameOf({ id, name }), role: role as Role }));
  },

  members: async (organizationId): Promise<Member[]> => {
    const members: Member[] = [];
    await inBatches(async (limit) => {
      const rows = await db
        .selectFrom('membership')
        .select(['userId', 'role'])
        .where('organizationId', '=', organizationId)
        .where('userId', '>', members.at(-1)?.userId ?? '')
        .orderBy('userId')
        .limit(limit)
        .execute();
      // The column's check constraint allows the roles and nothing else.
      members.push(...rows.map(({ userId, role }) => ({ userId, role: role as Role })));
      return rows.length;
    });
    return members;
  },

  organization: async (id) => {
    const row = await db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? { ...row, name: nameOf(row) } : null;
  },

  addOrganization: async (organization) => {
    await db
      .insertInto('organization')
      .values(organization)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: organization.name }))
      .execute();
  },

  setMembership: async (userId, organizationId, role) => {
    const { last } = await db
      .selectFrom('membership')
      .select((eb) => eb.fn.max('position').as('last'))
      .where('userId', '=', userId)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('membership')
      .values({ organizationId, userId, role, position: (last ?? 0) + 1 })
      .onConflict((conflict) => conflict.columns(['userId', 'organizationId']).doUpdateSet({ role }))
      .execute();
  },

  removeMembership: async (userId, organizationId) => {
    await db
      .deleteFrom('membership')
      .where('userId', '=', userId)
      .where('organizationId', '=', organizationId)
      .execute();
  },

  removePerson: async (userId, at) => {
    // Also somebody who has not signed in yet, or is about to: whoever is removed first does not come in later.
    const nobody = {
      id: userId,
      loginName: '',
      firstName: '',
      lastName: '',
      email: '',
      nameOrder: '',
      createdAt: at,
      version: 1,
    };
    await db
      .insertInto('person')
      .values({ ...nobody, removedAt: at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ removedAt: at }))
      .execute();
    await db.deleteFrom('membership').where('userId', '=', userId).execute();
  },
});
