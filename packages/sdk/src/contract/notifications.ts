import * as z from 'zod/mini';
import * as endpoints from './endpoints/notifications.js';
import { endpoint, operation } from './operation.js';
import { Email, EventType, HostId, Id, Name } from './text.js';

export const NotificationSettingsPatch = z.strictObject({
  email: z.optional(Email),
  enabled: z.optional(z.boolean()),
  /** Those of the policy's events to be told of. */
  events: z.optional(z.array(EventType).check(z.maxLength(100))),
  locale: z.optional(z.enum(endpoints.mailLocales)),
});
export type NotificationSettingsPatch = z.input<typeof NotificationSettingsPatch>;

/** Something that has happened in the host's application, for those who want to know. */
export const HostEvent = z.strictObject({
  /** Of the host's choice: the same one again is the same event, for 60 days. */
  id: HostId,
  /** One of the policy's events. */
  type: EventType,
  /**
   * Who may see what it is about. `organization:<id>`: whoever belongs to that organization now. `user:<id>`: that
   * person. Anything else is the host's own name for it, and says nothing here: then `recipients` has to say who.
   */
  subject: HostId,
  /** What it happened to, as people know it: an application's name. */
  title: Name,
  occurredAt: z.iso.datetime(),
  /** Where to read more: an address of the host's own. Encoded, so that a mail program sees one and not several. */
  link: z.url({ protocol: /^https?$/, normalize: true }).check(z.maxLength(2000)),
  /** Ids of people: none but these, and of these none who may not see the subject. */
  recipients: z.optional(z.array(Id).check(z.maxLength(1000))),
});
export type HostEvent = z.input<typeof HostEvent>;

/** Signed, and so not guessed: bound to one person, for 90 days. */
const unsubscribeQuery = z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(1000)) });

// The links of a mail: no client calls them.
const unsubscribePage = endpoint({ id: 'unsubscribePage', method: 'GET', path: '/unsubscribe' });
const unsubscribe = endpoint({ id: 'unsubscribe', method: 'POST', path: '/unsubscribe' });

export const notificationOperations = {
  getNotificationSettings: operation(endpoints.getNotificationSettings, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),

  updateNotificationSettings: operation(endpoints.updateNotificationSettings, {
    callers: ['user'],
    body: NotificationSettingsPatch,
    status: 200,
    problems: ['not_offered'],
  }),

  /** Changes nothing, as scanners of mail follow every link: leads to the switch on the host's profile page. */
  unsubscribePage: operation(unsubscribePage, { callers: [], query: unsubscribeQuery, status: 303 }),

  /** One click in a mail program (RFC 8058). */
  unsubscribe: operation(unsubscribe, { callers: [], query: unsubscribeQuery, status: 204 }),

  publishEvent: operation(endpoints.publishEvent, {
    callers: ['service'],
    body: HostEvent,
    status: 202,
    problems: ['not_offered'],
  }),
};
