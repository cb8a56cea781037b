import { type EventsContext, publishEvent, requireNotificationsOffered } from '../domain/notifications/events.js';
import {
  notificationSettingsOf,
  offeredEvents,
  type SettingsContext,
  unsubscribe,
  updateNotificationSettings,
} from '../domain/notifications/settings.js';
import type { UnsubscribeLinks } from '../domain/notifications/unsubscribe-links.js';
import type { User } from '../domain/access.js';
import { ProblemError } from '../domain/problem-error.js';
import type { Clock } from '../ports/clock.js';
import type { HandlersOf } from './handler.js';
import { empty, json, redirect, resource } from './reply.js';

type NotificationOperationId =
  | 'getNotificationSettings'
  | 'updateNotificationSettings'
  | 'unsubscribePage'
  | 'unsubscribe'
  | 'publishEvent';

interface NotificationsContext extends EventsContext, SettingsContext {
  store: EventsContext['store'] & SettingsContext['store'];
  clock: Clock;
  /** Milliseconds by which the clocks of two machines may be apart. */
  clockTolerance: number;
  links: UnsubscribeLinks;
  profileUrl: string;
}

export const notificationHandlers = (context: NotificationsContext): HandlersOf<NotificationOperationId> => {
  const { policies, links, profileUrl, clock, clockTolerance } = context;
  const offeredTo = (user: User) => offeredEvents(policies.ofPerson(user));

  return {
    getNotificationSettings: ({ caller: { user } }) => {
      const offered = offeredTo(user);
      return { act: async () => resource(await notificationSettingsOf(context, user, offered)) };
    },

    updateNotificationSettings: async ({ caller: { user }, actor }) => {
      const offered = offeredTo(user);
      const { version } = await notificationSettingsOf(context, user, offered);
      return {
        version,
        act: async ({ body, version }) =>
          resource(await updateNotificationSettings(context, user, actor, offered, version, body)),
      };
    },

    unsubscribePage: () => ({ act: () => redirect(`${profileUrl}#notifications`) }),

    unsubscribe: ({ actor }) => ({
      act: async ({ query: { token } }) => {
        const userId = await links.read(token, clock.now() - clockTolerance);
        if (userId === null) throw new ProblemError('malformed');
        await unsubscribe(context, userId, actor);
        return empty;
      },
    }),

    publishEvent: ({ actor }) => {
      requireNotificationsOffered(context);
      return {
        act: async ({ body }) => json(await publishEvent(context, body, actor)),
      };
    },
  };
};
