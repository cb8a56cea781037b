import { fullName, isBlank, visibleText } from '@ai-cockpit/sdk/contract';
import type { Kysely } from 'kysely';
import { searchable } from './search.js';
import type { PersonRow, Tables } from './tables.js';

export type NewPerson = Omit<PersonRow, 'nameOrder'>;

/** As people know them; a host may have filled the table with what cannot be seen. */
export const displayName = (person: Pick<PersonRow, 'id' | 'firstName' | 'lastName' | 'loginName' | 'email'>): string =>
  [fullName(person), person.loginName, person.email].map(visibleText).find((name) => !isBlank(name)) ?? person.id;

/** By the name as it is displayed; found also in either order with a space between. */
const nameOrderOf = (...[person]: Parameters<typeof displayName>): string => {
  const { firstName, lastName } = person;
  const names = [displayName(person), `${lastName} ${firstName}`, `${firstName} ${lastName}`].map(visibleText);
  return searchable(...new Set(names));
};

export const peopleIn = (db: Kysely<Tables>) => ({
  find: (id: string): Promise<PersonRow | undefined> =>
    db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst(),

  named: (ids: string[]): Promise<PersonRow[]> => db.selectFrom('person').selectAll().where('id', 'in', ids).execute(),

  /** The person as added; where they were known, nothing changes and nothing is answered. */
  add: (person: NewPerson): Promise<PersonRow | undefined> =>
    db
      .insertInto('person')
      .values({ ...person, nameOrder: nameOrderOf(person) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returningAll()
      .executeTakeFirst(),

  /** Only over the version that the change was made from; else `undefined`. */
  update: async (
    id: string,
    version: number,
    change: Partial<Pick<PersonRow, 'loginName' | 'firstName' | 'lastName' | 'email' | 'avatarVersion' | 'claimsAt'>>,
  ): Promise<PersonRow | undefined> => {
    const updated = await db
      .updateTable('person')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirst();
    if (!updated) return undefined;
    const nameOrder = nameOrderOf(updated);
    await db.updateTable('person').set({ nameOrder }).where('id', '=', id).execute();
    return { ...updated, nameOrder };
  },
});
