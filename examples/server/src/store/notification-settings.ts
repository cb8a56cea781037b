import type { Kysely } from 'kysely';
import { chunksOf } from './batches.js';
import type { NotificationSettingsRow, Tables } from './tables.js';

export const notificationSettingsIn = (db: Kysely<Tables>) => ({
  find: (userId: string): Promise<NotificationSettingsRow | undefined> =>
    db.selectFrom('notificationSettings').selectAll().where('userId', '=', userId).executeTakeFirst(),

  /** The settings of those of these people who want mail. */
  enabledAmong: async (userIds: readonly string[]): Promise<Pick<NotificationSettingsRow, 'userId' | 'declined'>[]> => {
    const enabled: Pick<NotificationSettingsRow, 'userId' | 'declined'>[] = [];
    for await (const chunk of chunksOf(userIds))
      enabled.push(
        ...(await db
          .selectFrom('notificationSettings')
          .select(['userId', 'declined'])
          .where('userId', 'in', chunk)
          .where('enabled', '=', 1)
          .execute()),
      );
    return enabled;
  },

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
