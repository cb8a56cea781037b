import type { Environment } from '../domain/environment.js';
import type { Events } from '../domain/notifications/events.js';
import {
  notificationSettingsOf,
  offeredEvents,
  unsubscribe,
  updateNotificationSettings,
} from '../domain/notifications/settings.js';
import type { UnsubscribeLinks } from '../domain/notifications/unsubscribe-links.js';
import type { User } from '../domain/access.js';
import { Refusal } from '../domain/refusal.js';
import type { HandlersOf } from './handler.js';
import { empty, json, redirect, resource } from './reply.js';

type NotificationOperationId =
  | 'getNotificationSettings'
  | 'updateNotificationSettings'
  | 'unsubscribePage'
  | 'unsubscribe'
  | 'publishEvent';

export const notificationHandlers = (
  environment: Environment,
  events: Events,
  links: UnsubscribeLinks,
  profileUrl: string,
): HandlersOf<NotificationOperationId> => {
  const offeredTo = (user: User) => offeredEvents(environment.policies.ofPerson(user));

  return {
    getNotificationSettings: ({ caller: { user } }) => {
      const offered = offeredTo(user);
      return { act: async () => resource(await notificationSettingsOf(environment, user, offered)) };
    },

    updateNotificationSettings: async ({ caller: { user }, actor }) => {
      const offered = offeredTo(user);
      const { version } = await notificationSettingsOf(environment, user, offered);
      return {
        version,
        act: async ({ body, version }) =>
          resource(await updateNotificationSettings(environment, user, actor, offered, version, body)),
      };
    },

    unsubscribePage: () => ({ act: () => redirect(`${profileUrl}#notifications`) }),

    unsubscribe: ({ actor }) => ({
      act: async ({ query: { token } }) => {
        const userId = await links.read(token, environment.clock.now() - environment.clockTolerance);
        if (userId === null) throw new Refusal('malformed');
        await unsubscribe(environment, userId, actor);
        return empty;
      },
    }),

    publishEvent: () => {
      events.refuseUnlessOffered();
      return {
        act: async ({ body }) => json(await events.publish(body)),
      };
    },
  };
};
