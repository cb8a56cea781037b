import type { Kysely } from 'kysely';
import type { NotificationSettingsRow, Tables } from './tables.js';

export const notificationSettingsIn = (db: Kysely<Tables>) => ({
  find: (userId: string): Promise<NotificationSettingsRow | undefined> =>
    db.selectFrom('notificationSettings').selectAll().where('userId', '=', userId).executeTakeFirst(),

  /** Of whoever wants mail, and of which events not. */
  enabled: (): Promise<Pick<NotificationSettingsRow, 'userId' | 'declined'>[]> =>
    db.selectFrom('notificationSettings').select(['userId', 'declined']).where('enabled', '=', 1).execute(),

  /** Whether there were none yet; else nothing changes. */
  add: async (row: NotificationSettingsRow): Promise<boolean> => {
    const added = await db
      .insertInto('notificationSettings')
      .values(row)
      .onConflict((conflict) => conflict.column('userId').doNothing())
      .returning('userId')
      .execute();
    return added.length > 0;
  },

  /** Only over the version that the change was made from. */
  update: async ({ userId, version, ...row }: NotificationSettingsRow): Promise<boolean> => {
    const updated = await db
      .updateTable('notificationSettings')
      .set({ ...row, version: version + 1 })
      .where('userId', '=', userId)
      .where('version', '=', version)
      .returning('userId')
      .execute();
    return updated.length > 0;
  },

  /** Whether it was on; `undefined` for somebody who has never said. */
  disable: async (userId: string): Promise<boolean> => {
    const updated = await db
      .updateTable('notificationSettings')
      .set((eb) => ({ enabled: 0, version: eb('version', '+', 1) }))
      .where('userId', '=', userId)
      .where('enabled', '=', 1)
      .returning('userId')
      .execute();
    return updated.length > 0;
  },
});
