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
  /** The chosen types of events, out of the policy’s. */
  events: z.optional(z.array(EventType).check(z.maxLength(100))),
  /** The language of the mails. */
  locale: z.optional(z.enum(endpoints.mailLocales)),
  /** The IANA name of the time zone of dates and times in mails, as `Europe/Berlin`; `null` for UTC. */
  timeZone: z.optional(z.nullable(TimeZone)),
});
export type NotificationSettingsPatch = z.input<typeof NotificationSettingsPatch>;

/** An event of the host’s application, for the people who asked for mail about its type. */
export const HostEvent = z.strictObject({
  /**
   * An id of the service’s choice. For 60 days, the same id is the same event: 202 again, no second mail, and the
   * rest of the body is not compared.
   */
  id: HostId,
  /** One of the policy’s events. */
  type: EventType,
  /**
   * The people who may see the event: `organization:<id>` for the present members of that organization, `user:<id>`
   * for that person. Any other subject is a name of the host’s own, which this server does not know: then `recipients`
   * is required.
   */
  subject: HostId,
  /** The name of the thing that the event is about, such as an application. */
  title: Name,
  /**
   * The application that the event is about, which the mail names. If absent, events of jobs, applications and
   * versions are about the one in `title`, and other events about none.
   */
  application: z.optional(Name),
  /** The time of the event. */
  occurredAt: z.iso.datetime(),
  /**
   * A link to more: an address on an origin of the host’s own. Encoded, so that a mail program sees one and not
   * several.
   */
  link: z.string().check(atMost(2000), z.url({ protocol: /^https?$/, normalize: true })),
  /** The ids of people: only these get the mail, except those who may not see the subject. */
  recipients: z.optional(z.array(Id).check(z.maxLength(1000))),
});
export type HostEvent = z.input<typeof HostEvent>;

/** The signed token of a mail's link: bound to one person, valid for 90 days. */
const unsubscribeQuery = z.strictObject({
  /** From the mail’s link: signed, bound to one person, good for 90 days. */
  token: z.string().check(z.minLength(1), z.maxLength(1000)),
});

// The links of a mail: no client calls them.
const unsubscribePage = endpoint({ id: 'unsubscribePage', method: 'GET', path: '/unsubscribe' });
const unsubscribe = endpoint({ id: 'unsubscribe', method: 'POST', path: '/unsubscribe' });

/** Mail about events of the host’s application. */
export const notificationOperations = {
  /** Returns the signed-in person’s settings for notifications by mail. */
  getNotificationSettings: operation(endpoints.getNotificationSettings, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),

  /** Changes the signed-in person’s settings for notifications by mail. */
  updateNotificationSettings: operation(endpoints.updateNotificationSettings, {
    callers: ['user'],
    body: NotificationSettingsPatch,
    status: 200,
    problems: ['not_offered'],
  }),

  /**
   * The link in a mail. The request changes nothing, as mail scanners follow every link: it redirects to the switch
   * on the host’s profile page. Cookies are ignored.
   */
  unsubscribePage: operation(unsubscribePage, { callers: [], query: unsubscribeQuery, status: 303 }),

  /**
   * One click in a mail program, which posts a form (RFC 8058): no more mail to this person. A repetition changes
   * nothing. Body and cookies are ignored; a forged or old token is 400 `malformed`.
   */
  unsubscribe: operation(unsubscribe, { callers: [], query: unsubscribeQuery, ignoresBody: true, status: 204 }),

  /**
   * Accepts an event of the host’s application, and mails it to the people who asked for its type and may see its
   * subject.
   */
  publishEvent: operation(publishEvent, {
    callers: ['service'],
    body: HostEvent,
    status: 202,
    problems: ['not_offered'],
  }),
};
