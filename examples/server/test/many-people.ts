import { searchable } from '../src/store/search.js';
import type { Store } from '../src/store/store.js';
import { keyAt } from './many-keys.js';

const firstNames = ['Aiko', 'Änne', 'Björn', 'carla', 'Élodie', 'José', 'Łucja', 'Zoë'];

/** Makes so many members of Acme, and as many keys, dealt out to them: past the domain, which would take minutes. */
export const addMembersWithKeys = async (
  { db }: Store,
  { people, keys, now }: { people: number; keys: number; now: number },
): Promise<void> => {
  const members = Array.from({ length: people }, (_, index) => {
    const id = `member-${index}`;
    const firstName = firstNames[index % firstNames.length] ?? '';
    return { id, loginName: id, firstName, lastName: `Number ${index}`, email: `${id}@acme.example` };
  });
  const rows = Array.from({ length: keys }, (_, index) => {
    const { id, firstName, lastName } = members[index % people] ?? { id: '', firstName: '', lastName: '' };
    const owned = { ownerKind: 'user' as const, ownerId: id, createdBy: id, createdByName: `${firstName} ${lastName}` };
    return { ...keyAt(index, now), ...owned };
  });
  await db.transaction().execute(async (trx) => {
    for (const member of members) {
      const nameOrder = searchable(`${member.firstName} ${member.lastName}`);
      const person = { ...member, nameOrder, createdAt: now, removedAt: null, version: 1 };
      await trx.insertInto('person').values(person).execute();
      await trx
        .insertInto('membership')
        .values({ organizationId: 'acme', userId: member.id, role: 'member', position: 1 })
        .execute();
    }
    while (rows.length) await trx.insertInto('apiKey').values(rows.splice(0, 500)).execute();
  });
};
