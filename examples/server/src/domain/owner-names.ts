import type { Owner } from '@ai-cockpit/sdk/contract';
import type { Directory } from '../ports/directory.js';
import type { OwnerRef } from '../store/owners.js';
import { displayName } from '../store/people.js';
import type { Records } from '../store/store.js';

export interface OwnerNamesContext {
  store: Pick<Records, 'people'>;
  directory: Directory;
}

const distinct = (owners: readonly OwnerRef[], kind: OwnerRef['kind']): string[] => [
  ...new Set(owners.filter((owner) => owner.kind === kind).map(({ id }) => id)),
];

/** Names many owners at once, as they are called now. One that nobody knows any more goes by its id. */
export const nameOwners = async (
  { store, directory }: OwnerNamesContext,
  owners: readonly OwnerRef[],
): Promise<(owner: OwnerRef) => OwnerRef & Owner> => {
  const people = distinct(owners, 'user');
  const rows = people.length ? await store.people.named(people) : [];
  const organizations = await Promise.all(distinct(owners, 'organization').map((id) => directory.organization(id)));
  const names = {
    user: new Map(rows.map((row) => [row.id, displayName(row)])),
    organization: new Map(organizations.flatMap((found) => (found ? [[found.id, found.name] as const] : []))),
  };
  return ({ kind, id }) => ({ kind, id, name: names[kind].get(id) ?? id });
};
