import type { Kysely } from 'kysely';
import type { KeyCreationRow, Tables } from './tables.js';

/** Keys created recently (the table `minting`), so that a repeated request gets the same answer. */
export const keyCreationsIn = (db: Kysely<Tables>) => ({
  find: (tags: string[], since: number): Promise<KeyCreationRow | undefined> =>
    db.selectFrom('minting').selectAll().where('tag', 'in', tags).where('createdAt', '>', since).executeTakeFirst(),

  /** Whether the tag was free. One too old to count makes way. */
  add: async (creation: KeyCreationRow, since: number): Promise<boolean> => {
    await db.deleteFrom('minting').where('tag', '=', creation.tag).where('createdAt', '<=', since).execute();
    const added = await db
      .insertInto('minting')
      .values(creation)
      .onConflict((conflict) => conflict.column('tag').doNothing())
      .returning('tag')
      .execute();
    return added.length > 0;
  },

  /** @param deletedSnapshot JSON: the key as it was when it was deleted. */
  forgetSecret: async (apiKeyId: string, deletedSnapshot: string | null = null): Promise<void> => {
    await db
      .updateTable('minting')
      .set({ sealed: null, remains: deletedSnapshot })
      .where('apiKeyId', '=', apiKeyId)
      .execute();
  },

  /** Answers how many there were, of at most so many. */
  forgetSecretsBefore: async (at: number, limit: number): Promise<number> => {
    const old = db
      .selectFrom('minting')
      .select('tag')
      .where('createdAt', '<=', at)
      .where('sealed', 'is not', null)
      .limit(limit);
    const { numUpdatedRows } = await db
      .updateTable('minting')
      .set({ sealed: null })
      .where('tag', 'in', old)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  },

  /** Answers how many there were, of at most so many. */
  deleteBefore: async (at: number, limit: number): Promise<number> => {
    const old = db.selectFrom('minting').select('tag').where('createdAt', '<=', at).limit(limit);
    const { numDeletedRows } = await db.deleteFrom('minting').where('tag', 'in', old).executeTakeFirst();
    return Number(numDeletedRows);
  },
});
