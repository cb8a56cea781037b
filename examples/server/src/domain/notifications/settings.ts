import {
  isTimeZone,
  mailLocales,
  type MailLocale,
  type NotificationSettings,
  type NotificationSettingsPatch,
  readEmail,
} from '@ai-cockpit/sdk/contract';
import type { MailServer } from '../../ports/mail.js';
import type { Records } from '../../store/store.js';
import type { NotificationSettingsRow } from '../../store/tables.js';
import type { User } from '../access.js';
import type { Actor } from '../activity.js';
import type { Change } from '../change.js';
import { instantOrNull } from '../instants.js';
import type { RolePolicy } from '../policy.js';
import { type FieldError, ProblemError, throwFieldErrors } from '../problem-error.js';

/** The settings of a person who has never changed them. */
const unsaid = (userId: string): NotificationSettingsRow => ({
  userId,
  email: null,
  enabled: 0,
  declined: '[]',
  locale: 'en',
  timeZone: null,
  version: 1,
});

/** Written below, from events of the policy. */
const declinedIn = ({ declined }: Pick<NotificationSettingsRow, 'declined'>): string[] =>
  JSON.parse(declined) as string[];

export const declines = (row: Pick<NotificationSettingsRow, 'declined'>, event: string): boolean =>
  declinedIn(row).includes(event);

export const localeOf = ({ locale }: NotificationSettingsRow): MailLocale =>
  mailLocales.find((known) => known === locale) ?? 'en';

/** UTC for a zone that this machine does not know, as one that was saved where another version of Node ran. */
export const timeZoneOf = (row: NotificationSettingsRow | undefined): string =>
  row?.timeZone && isTimeZone(row.timeZone) ? row.timeZone : 'UTC';

/** The events that the policy lets people choose among. */
export const offeredEvents = ({ notifications }: RolePolicy): string[] => {
  if (!notifications) throw new ProblemError('not_offered');
  return notifications.events;
};

const isAdministrator = ({ memberships }: User): boolean => memberships.some(({ role }) => role === 'administrator');

export interface SettingsContext {
  store: Pick<Records, 'notificationSettings' | 'outbox' | 'people'>;
  mail: MailServer;
}

export const notificationSettingsOf = async (
  { store, mail }: SettingsContext,
  user: User,
  offered: readonly string[],
): Promise<NotificationSettings> => {
  const row = (await store.notificationSettings.find(user.id)) ?? unsaid(user.id);
  const { waiting, oldestAt } = isAdministrator(user) ? await store.outbox.waiting() : {};
  const declined = declinedIn(row);
  return {
    // The host may have filled the table of people with what is no address.
    email: row.email ?? readEmail((await store.people.find(user.id))?.email ?? '')?.address ?? '',
    enabled: row.enabled === 1,
    events: offered.filter((event) => !declined.includes(event)),
    locale: localeOf(row),
    timeZone: row.timeZone,
    delivery: mail.ready ? 'ready' : 'not_configured',
    queue: waiting === undefined ? null : { waiting, oldestAt: instantOrNull(oldestAt ?? null) },
    version: row.version,
  };
};

const settingsErrors = (
  { email, enabled, events = [] }: NotificationSettingsPatch,
  present: NotificationSettings,
  offered: readonly string[],
): FieldError[] => [
  ...events.flatMap((event, at): FieldError[] =>
    offered.includes(event) ? [] : [{ path: `events.${at}`, code: 'not_offered' }],
  ),
  ...(enabled && !(email ?? present.email) ? [{ path: 'email', code: 'required' } as const] : []),
];

export const updateNotificationSettings = async (
  context: SettingsContext & { change: Change },
  user: User,
  actor: Actor,
  offered: readonly string[],
  version: number,
  patch: NotificationSettingsPatch,
): Promise<NotificationSettings> => {
  throwFieldErrors(settingsErrors(patch, await notificationSettingsOf(context, user, offered), offered));
  const { email, enabled, events, locale, timeZone } = patch;
  const fields = Object.keys(patch);
  if (fields.length > 0)
    await context.change({ kind: 'user', id: user.id }, actor, async ({ tx, record }) => {
      const known = await tx.notificationSettings.find(user.id);
      const before = known ?? unsaid(user.id);
      const row: NotificationSettingsRow = {
        userId: user.id,
        email: email ?? before.email,
        enabled: Number(enabled ?? before.enabled === 1),
        declined: events ? JSON.stringify(offered.filter((event) => !events.includes(event))) : before.declined,
        locale: locale ?? before.locale,
        timeZone: timeZone === undefined ? before.timeZone : timeZone,
        version,
      };
      const isWritten =
        before.version === version &&
        (known
          ? await tx.notificationSettings.update(row)
          : await tx.notificationSettings.add({ ...row, version: version + 1 }));
      if (!isWritten) throw new ProblemError('version_stale');
      await record({ action: 'notification_settings.updated', detail: { fields: fields.join(' ') } });
    });
  return notificationSettingsOf(context, user, offered);
};

/** No more mail to this person; once they have said so, saying it again changes nothing. */
export const unsubscribe = ({ change }: { change: Change }, userId: string, actor: Actor): Promise<void> =>
  change({ kind: 'user', id: userId }, actor, async ({ tx, record }) => {
    const isNew = await tx.notificationSettings.add({ ...unsaid(userId), version: 2 });
    if (!isNew && !(await tx.notificationSettings.disable(userId))) return;
    await record({ action: 'notification_settings.unsubscribed' });
  });
