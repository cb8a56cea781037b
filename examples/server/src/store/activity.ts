import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { OwnerRef } from './owners.js';
import {
  type PageOf,
  type PageRequest,
  type Position,
  readPage,
  rowsOfSearch,
  searchPage,
  type SortColumns,
} from './page.js';
import { contains } from './search.js';
import type { ActivityRow, Tables } from './tables.js';
import { type Total, totalOfAll } from './total.js';

const sortColumns: SortColumns = { at: { column: 'at' } };

const positionOf = ({ at, id }: ActivityRow): Position => ({ value: at, id });

/** As the database orders it: by instant, then by the bytes of the id. */
const later = (a: Position, b: Position): number =>
  Number(a.value) - Number(b.value) || (a.id < b.id ? -1 : Number(a.id > b.id));

export const activityIn = (db: Kysely<Tables>) => {
  const all = db.selectFrom('activity').selectAll();
  const ofActor = (actorId: string) => all.where('actorKind', '=', 'user').where('actorId', '=', actorId);
  const ofOwner = ({ kind, id }: OwnerRef) => all.where('ownerKind', '=', kind).where('ownerId', '=', id);
  return {
    add: async (row: ActivityRow): Promise<void> => {
      await db.insertInto('activity').values(row).execute();
    },

    /** Adds the row, or counts it in the one of the same key that began after `since`. */
    count: async (row: ActivityRow, since: number): Promise<void> => {
      await db
        .updateTable('activity')
        .set({ repeatKey: null })
        .where('repeatKey', '=', row.repeatKey)
        .where('at', '<=', since)
        .execute();
      await db
        .insertInto('activity')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('repeatKey')
            .doUpdateSet((eb) => ({ count: eb('activity.count', '+', row.count), lastAt: row.at })),
        )
        .execute();
    },

    /** Answers how many rows there were, the oldest of at most so many. */
    deleteBefore: async (at: number, limit: number): Promise<number> => {
      const age = sql<number>`coalesce(at, 0)`;
      const old = db.selectFrom('activity').select('id').where(age, '<=', at).orderBy(age).limit(limit);
      const { numDeletedRows } = await db.deleteFrom('activity').where('id', 'in', old).executeTakeFirst();
      return Number(numDeletedRows);
    },

    /**
     * A page of this person's actions and of actions on things of these owners. Each of these is read along an index of
     * its own: one page of it, or, in a search, its share of the rows.
     */
    page: async (actorId: string, owners: readonly OwnerRef[], request: PageRequest): Promise<PageOf<ActivityRow>> => {
      const walks = [ofActor(actorId), ...owners.map(ofOwner)];
      const share = Math.ceil(rowsOfSearch / walks.length);
      const pages = await Promise.all(
        walks.map((walk) =>
          request.q
            ? searchPage(db, walk, sortColumns, request, () => contains(request.q), share)
            : readPage(walk, sortColumns, request),
        ),
      );
      const direction = request.sort.startsWith('-') ? -1 : 1;
      const inOrder = (a: Position, b: Position) => direction * later(a, b);
      // Beyond the end of an unfinished walk, rows of that walk may be missing: the page ends there.
      const [end = null] = pages.flatMap(({ next }) => next ?? []).sort(inOrder);
      const found = [...new Map(pages.flatMap(({ rows }) => rows.map((row) => [row.id, row]))).values()]
        .filter((row) => !end || inOrder(positionOf(row), end) <= 0)
        .sort((a, b) => inOrder(positionOf(a), positionOf(b)));
      const rows = found.slice(0, request.limit);
      const last = rows.at(-1);
      return { rows, next: last && found.length > rows.length ? positionOf(last) : end };
    },

    /** How many rows all pages have. */
    total: (actorId: string, owners: readonly OwnerRef[], { q }: PageRequest): Promise<Total> => {
      // An action is counted once, where people have done it to what is theirs.
      const isOfOthers = (eb: ExpressionBuilder<Tables, 'activity'>) =>
        eb.or([eb('actorId', 'is', null), eb('actorId', '!=', actorId), eb('actorKind', '!=', 'user')]);
      const walks = [ofActor(actorId), ...owners.map((owner) => ofOwner(owner).where(isOfOthers))];
      return totalOfAll(db, walks, { columns: sortColumns, walk: 'at', condition: q ? () => contains(q) : undefined });
    },
  };
};
