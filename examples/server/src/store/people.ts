import type { Kysely } from 'kysely';
import type { PersonRow, Tables } from './tables.js';

export const peopleIn = (db: Kysely<Tables>) => ({
  find: (id: string): Promise<PersonRow | undefined> =>
    db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst(),

  /** Whether the person was new; else nothing changes. */
  add: async (person: PersonRow): Promise<boolean> => {
    const added = await db
      .insertInto('person')
      .values(person)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute();
    return added.length > 0;
  },

  /** Only over the version that the change was made from; else `undefined`. */
  update: (
    id: string,
    version: number,
    change: Partial<Pick<PersonRow, 'firstName' | 'lastName' | 'email'>>,
  ): Promise<PersonRow | undefined> =>
    db
      .updateTable('person')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst(),
});
