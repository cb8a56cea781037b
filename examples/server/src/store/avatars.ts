import type { Kysely } from 'kysely';
import type { AvatarRow, Tables } from './tables.js';

export const avatarsIn = (db: Kysely<Tables>) => ({
  find: (personId: string): Promise<AvatarRow | undefined> =>
    db.selectFrom('avatar').selectAll().where('personId', '=', personId).executeTakeFirst(),

  put: async (avatar: AvatarRow): Promise<void> => {
    const { mediaType, bytes } = avatar;
    await db
      .insertInto('avatar')
      .values(avatar)
      .onConflict((conflict) => conflict.column('personId').doUpdateSet({ mediaType, bytes }))
      .execute();
  },

  remove: async (personId: string): Promise<void> => {
    await db.deleteFrom('avatar').where('personId', '=', personId).execute();
  },
});
