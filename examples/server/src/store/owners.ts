import type { OwnerKind } from '@ai-cockpit/sdk/contract';
import { type Kysely, sql } from 'kysely';
import type { OwnerRow, Tables } from './tables.js';

export interface OwnerRef {
  kind: OwnerKind;
  id: string;
}

const isAfter = ({ wrappedBy, kind, id }: OwnerRow) =>
  sql<boolean>`(wrapped_by, kind, id) > (${wrappedBy}, ${kind}, ${id})`;

/** Owner rows hold the lock and the data key of whoever owns keys and tokens. */
export const ownersIn = (db: Kysely<Tables>) => ({
  /**
   * Makes everybody else who changes what this owner has wait until the transaction ends. A write, because SQLite
   * has no `for update`.
   */
  lock: ({ kind, id }: OwnerRef): Promise<OwnerRow> =>
    db
      .insertInto('owner')
      .values({ kind, id, changes: 1, dataKeyId: null, dataKey: null, wrappedBy: null })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'id']).doUpdateSet((eb) => ({ changes: eb('owner.changes', '+', 1) })),
      )
      .returningAll()
      .executeTakeFirstOrThrow(),

  find: ({ kind, id }: OwnerRef): Promise<OwnerRow | undefined> =>
    db.selectFrom('owner').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst(),

  /** The same data key, wrapped anew, unless another process was first. */
  replaceWrapping: async (
    { kind, id, dataKeyId, wrappedBy }: OwnerRow,
    wrapped: Pick<OwnerRow, 'dataKey' | 'wrappedBy'>,
  ): Promise<void> => {
    await db
      .updateTable('owner')
      .set(wrapped)
      .where('kind', '=', kind)
      .where('id', '=', id)
      .where('dataKeyId', '=', dataKeyId)
      .where('wrappedBy', '=', wrappedBy)
      .execute();
  },

  /** Gives a data key to an owner that has none. */
  addDataKey: async (
    { kind, id }: OwnerRef,
    dataKey: Pick<OwnerRow, 'dataKeyId' | 'dataKey' | 'wrappedBy'>,
  ): Promise<boolean> => {
    const added = await db
      .insertInto('owner')
      .values({ kind, id, changes: 0, ...dataKey })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'id']).doUpdateSet(dataKey).where('owner.dataKey', 'is', null),
      )
      .returning('id')
      .execute();
    return added.length > 0;
  },

  countWrappedBy: async (keyId: string): Promise<number> => {
    const { owners } = await db
      .selectFrom('owner')
      .select((eb) => eb.fn.countAll<number>().as('owners'))
      .where('wrappedBy', '=', keyId)
      .executeTakeFirstOrThrow();
    return Number(owners);
  },

  /** Owners whose data key is wrapped by another than the current key: at most so many, after this one. */
  wrappedByOtherThan: async (keyId: string, after: OwnerRow | null, limit: number): Promise<OwnerRow[]> => {
    const found: OwnerRow[] = [];
    // Two ranges of the index: most owners have the current key, and none of them is looked at.
    for (const comparison of ['<', '>'] as const) {
      const range = db.selectFrom('owner').selectAll().where('wrappedBy', comparison, keyId);
      const rows = await (after ? range.where(isAfter(after)) : range)
        .orderBy('wrappedBy')
        .orderBy('kind')
        .orderBy('id')
        .limit(limit - found.length)
        .execute();
      found.push(...rows);
    }
    return found;
  },
});
