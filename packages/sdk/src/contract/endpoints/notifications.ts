import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { Instant, openEnum } from './values.js';

/** The languages that mails are written in. */
export const mailLocales = ['en', 'pt-BR', 'es', 'ja'] as const;
export type MailLocale = (typeof mailLocales)[number];

/** What one person wants to be told by mail. */
export const NotificationSettings = z.object({
  /** Where mail goes: the profile's address until another one is set. */
  email: z.string(),
  /** Off until the person says otherwise. */
  enabled: z.boolean(),
  /** Which of the policy's events, in its order; all of them until the person says otherwise. */
  events: z.array(z.string()),
  locale: openEnum(mailLocales),
  /** Whether there is a mail server to send by. */
  delivery: openEnum(['ready', 'not_configured']),
  /** What waits to be sent to anybody: for administrators, `null` for everybody else. */
  queue: z.nullable(z.object({ waiting: z.number(), oldestAt: z.nullable(Instant) })),
  version: z.number(),
});
export type NotificationSettings = z.output<typeof NotificationSettings>;

/** An event that has been taken in; it is mailed once, however often it is published. */
export const AcceptedEvent = z.object({ id: z.string() });
export type AcceptedEvent = z.output<typeof AcceptedEvent>;

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
  versioned: true,
  answer: NotificationSettings,
});

export const publishEvent = endpoint({
  id: 'publishEvent',
  method: 'POST',
  path: '/integration/events',
  answer: AcceptedEvent,
  repeatable: true,
});
