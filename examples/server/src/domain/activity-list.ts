import type { Activity, Page } from '@ai-cockpit/sdk/contract';
import type { OwnerRef } from '../store/owners.js';
import type { PageRequest, Position } from '../store/page.js';
import type { Records } from '../store/store.js';
import type { ActivityRow } from '../store/tables.js';
import { administeredBy, type User } from './access.js';
import { instant, instantOrNull } from './instants.js';
import { nameOwners, type OwnerNamesContext } from './owner-names.js';

export interface ActivityListContext extends OwnerNamesContext {
  store: OwnerNamesContext['store'] & Pick<Records, 'activity'>;
}

const ownerOf = ({ ownerKind: kind, ownerId: id }: ActivityRow): OwnerRef | null =>
  kind !== null && id !== null ? { kind, id } : null;

/**
 * A person's activity: their own actions, actions on their things, and, for administrators, actions on things of their
 * organizations. Actions of others on credentials of their own are not included.
 */
export const listActivityOf = async (
  context: ActivityListContext,
  user: User,
  request: PageRequest,
): Promise<Omit<Page<Activity>, 'nextCursor'> & { next: Position | null }> => {
  const owners: OwnerRef[] = [
    { kind: 'user', id: user.id },
    ...administeredBy(user).map((id) => ({ kind: 'organization' as const, id })),
  ];
  const { rows, next } = await context.store.activity.page(user.id, owners, request);
  const named = await nameOwners(
    context,
    rows.flatMap((row) => ownerOf(row) ?? []),
  );
  const toActivity = (row: ActivityRow): Activity => {
    const owner = ownerOf(row);
    return {
      id: row.id,
      at: instant(row.at),
      count: row.count,
      lastAt: instantOrNull(row.lastAt),
      action: row.action,
      outcome: row.outcome,
      actor: row.actorId === null ? null : { kind: row.actorKind, id: row.actorId, name: row.actorName ?? row.actorId },
      owner: owner && named(owner),
      subject: row.subjectId === null ? null : { id: row.subjectId, name: row.subjectName ?? row.subjectId },
      // Written by `ActivityLog` only: text by text.
      detail: JSON.parse(row.detail) as Record<string, string | null>,
      source: row.source,
    };
  };
  const total = await context.store.activity.total(user.id, owners, request);
  return { data: rows.map(toActivity), next, total };
};
