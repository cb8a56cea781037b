import type { Kysely } from 'kysely';
import type { OwnerRef } from './owners.js';
import { type PageOf, type PageRequest, readPage, type SortColumns } from './page.js';
import { contains } from './search.js';
import type { ActivityRow, Tables } from './tables.js';

const sortColumns: SortColumns = { at: { column: 'at' } };

/** As the database orders it: by instant, then by the bytes of the id. */
const later = (a: ActivityRow, b: ActivityRow): number => a.at - b.at || (a.id < b.id ? -1 : 1);

export const activityIn = (db: Kysely<Tables>) => ({
  add: async (row: ActivityRow): Promise<void> => {
    await db.insertInto('activity').values(row).execute();
  },

  /**
   * What this person did, and what was done to what these owners have. Each of these is a walk along an index of its
   * own, of which none has to go further than a page.
   */
  page: async (actorId: string, owners: readonly OwnerRef[], request: PageRequest): Promise<PageOf<ActivityRow>> => {
    const all = db.selectFrom('activity').selectAll();
    const walks = [
      all.where('actorKind', '=', 'user').where('actorId', '=', actorId),
      ...owners.map(({ kind, id }) => all.where('ownerKind', '=', kind).where('ownerId', '=', id)),
    ];
    const pages = await Promise.all(
      walks.map((walk) => readPage(request.q ? walk.where(contains(request.q)) : walk, sortColumns, request)),
    );
    const found = [...new Map(pages.flatMap(({ rows }) => rows.map((row) => [row.id, row]))).values()].sort(later);
    if (request.sort.startsWith('-')) found.reverse();
    const rows = found.slice(0, request.limit);
    const last = rows.at(-1);
    const isLast = found.length <= request.limit && pages.every(({ next }) => next === null);
    return { rows, next: isLast || !last ? null : { value: last.at, id: last.id } };
  },
});
