import * as z from 'zod/mini';
import { publishEvent } from './endpoints/events.js';
import * as endpoints from './endpoints/notifications.js';
import { endpoint, operation } from './operation.js';
import { atMost, Email, EventType, HostId, Id, Name, TimeZone } from './text.js';

/** The changes. A member that is left out stays as it is. */
export const NotificationSettingsPatch = z.strictObject({
  /** The address that mail is sent to. */
  email: z.optional(Email),
  /** Whether mail is sent at all. */
  enabled: z.optional(z.boolean()),
  /** Those of the policy’s events to be told of. */
  events: z.optional(z.array(EventType).check(z.maxLength(100))),
  /** The language of the mails. */
  locale: z.optional(z.enum(endpoints.mailLocales)),
  /** The IANA name of the time zone of dates and times in mails, as `Europe/Berlin`; `null` for UTC. */
  timeZone: z.optional(z.nullable(TimeZone)),
});
export type NotificationSettingsPatch = z.input<typeof NotificationSettingsPatch>;

/** Something that happened in the host’s application, for those who want to know. */
export const HostEvent = z.strictObject({
  /**
   * Of the service’s choice. The same id again is the same event, for 60 days: 202 again, no second mail, and the rest
   * of the body is not compared.
   */
  id: HostId,
  /** One of the policy’s events. */
  type: EventType,
  /**
   * The people who may see it: `organization:<id>` for whoever belongs to that organization now, `user:<id>` for
   * that person. Anything else is the host’s own name for it, which this server does not know: then `recipients` is
   * required.
   */
  subject: HostId,
  /** The name of the thing that it happened to, such as an application. */
  title: Name,
  /**
   * The application that it is about, which the mail then names. Where it is left out, events of jobs, applications and
   * versions are about the one in `title`, and others about none.
   */
  application: z.optional(Name),
  /** When it happened. */
  occurredAt: z.iso.datetime(),
  /**
   * A link to more: an address on an origin of the host’s own. Encoded, so that a mail program sees one and not
   * several.
   */
  link: z.string().check(atMost(2000), z.url({ protocol: /^https?$/, normalize: true })),
  /** Ids of people: only these, and of these none who may not see the subject. */
  recipients: z.optional(z.array(Id).check(z.maxLength(1000))),
});
export type HostEvent = z.input<typeof HostEvent>;

/** Signed, and so not guessed: bound to one person, for 90 days. */
const unsubscribeQuery = z.strictObject({
  /** From the mail’s link: signed, bound to one person, good for 90 days. */
  token: z.string().check(z.minLength(1), z.maxLength(1000)),
});

// The links of a mail: no client calls them.
const unsubscribePage = endpoint({ id: 'unsubscribePage', method: 'GET', path: '/unsubscribe' });
const unsubscribe = endpoint({ id: 'unsubscribe', method: 'POST', path: '/unsubscribe' });

/** Mail about what happens in the host’s application. */
export const notificationOperations = {
  /** Returns the signed-in person’s settings for notifications by mail. */
  getNotificationSettings: operation(endpoints.getNotificationSettings, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),

  /** Changes what the signed-in person wants to be told by mail. */
  updateNotificationSettings: operation(endpoints.updateNotificationSettings, {
    callers: ['user'],
    body: NotificationSettingsPatch,
    status: 200,
    problems: ['not_offered'],
  }),

  /**
   * The link in a mail. It changes nothing, as scanners of mail follow every link: it leads to the switch on the host’s
   * profile page. Cookies are ignored.
   */
  unsubscribePage: operation(unsubscribePage, { callers: [], query: unsubscribeQuery, status: 303 }),

  /**
   * One click in a mail program, which posts a form (RFC 8058): no more mail to this person. Saying it again changes
   * nothing. Body and cookies are ignored; a forged or old token is 400 `malformed`.
   */
  unsubscribe: operation(unsubscribe, { callers: [], query: unsubscribeQuery, ignoresBody: true, status: 204 }),

  /** Takes in an event of the host’s application, and mails it to whoever may see its subject and asked for it. */
  publishEvent: operation(publishEvent, {
    callers: ['service'],
    body: HostEvent,
    status: 202,
    problems: ['not_offered'],
  }),
};
