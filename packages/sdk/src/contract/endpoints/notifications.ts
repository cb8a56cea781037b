import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { Instant, openEnum } from './values.js';

/** The languages that mails are written in. */
export const mailLocales = ['en', 'pt-BR', 'es', 'ja'] as const;
export type MailLocale = (typeof mailLocales)[number];

/** The settings of one person for notifications by mail. */
export const NotificationSettings = z.object({
  /** Where mail goes: the profile’s address until the person sets another one. */
  email: z.string(),
  /** Whether mail is sent at all. `false` until the person switches it on. */
  enabled: z.boolean(),
  /**
   * The chosen events, in the policy’s order. All of them until the person chooses; an event that the policy
   * gains later is included.
   */
  events: z.array(z.string()),
  /** The language of the mails; `en` until the person chooses. */
  locale: openEnum(mailLocales),
  /**
   * The IANA name of the time zone of dates and times in mails, as `Europe/Berlin`; `null`, for UTC, until the person
   * saves from a browser. A server that knows no zones leaves it out, and clients then send none.
   */
  timeZone: z.optional(z.nullable(z.string())),
  /**
   * `ready`: the server can send mail. `not_configured`: it has no mail server, so that nothing will arrive whatever is
   * switched on; the page says so.
   */
  delivery: openEnum(['ready', 'not_configured']),
  /**
   * All mail that waits to be sent, to any recipient. Only for an administrator of an organization; `null` for
   * others.
   */
  queue: z.nullable(
    z.object({
      /** How many mails wait. */
      waiting: z.number(),
      /** Since when the oldest waits; `null` where none does. */
      oldestAt: z.nullable(Instant),
    }),
  ),
  /** Begins at 1, also for a person who never saved anything. Saving and unsubscribing move it; the queue does not. */
  version: z.number(),
});
export type NotificationSettings = z.output<typeof NotificationSettings>;

export const getNotificationSettings = endpoint({
  id: 'getNotificationSettings',
  method: 'GET',
  path: '/notification-settings',
  answer: NotificationSettings,
});

export const updateNotificationSettings = endpoint({
  id: 'updateNotificationSettings',
  method: 'PATCH',
  path: '/notification-settings',
  writes: 'notificationSettings',
  versioned: true,
  answer: NotificationSettings,
});
