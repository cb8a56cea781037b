import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { pageOf } from './list.js';
import { Owner } from './owner.js';
import { Instant, mapOf, openEnum } from './values.js';

/**
 * The actions on a profile or a credential. A later version may add some: a client shows an unknown action by its name.
 */
export const activityActions = [
  'profile.created',
  'profile.updated',
  'profile.avatar_set',
  'profile.avatar_removed',
  'provider_token.created',
  'provider_token.updated',
  'provider_token.deleted',
  'api_key.created',
  'api_key.revoked',
  'api_key.replaced',
  'api_key.deleted',
  'api_key.refused',
  'session.refused',
  'service.refused',
  'notification_settings.updated',
  'notification_settings.unsubscribed',
  'mail.refused',
  'credential.leased',
] as const;
export type ActivityAction = (typeof activityActions)[number];

/** One action, done or refused. */
export const Activity = z.object({
  /** Opaque. */
  id: z.string(),
  /** The time of the action; if it was repeated, the first time. */
  at: Instant,
  /** The number of times: a refusal that is repeated within an hour is counted, not listed again. Absent means once. */
  count: z.optional(z.number()),
  /** The last time of the action, if it was repeated. */
  lastAt: z.optional(z.nullable(Instant)),
  /**
   * The action, and the kind of its target. A later version may add some: a client shows an unknown action by its
   * name.
   */
  action: openEnum(activityActions),
  /** `done`, or the code of the problem with which the server refused the action. */
  outcome: z.string(),
  /** The actor; `null` where none is known: a refused credential, or the server itself. */
  actor: z.nullable(
    z.object({
      /** `user`: a person’s session. `key`: a program with an API key. `service`: a service of the host. */
      kind: openEnum(['user', 'key', 'service']),
      /** The id of the person or API key; the name of the service. */
      id: z.string(),
      /** The actor’s name at that time. */
      name: z.string(),
    }),
  ),
  /** The owner of the profile or credential. */
  owner: z.nullable(Owner),
  /** The API key or provider token that is the target; `null` for any other target. */
  subject: z.nullable(
    z.object({
      /** The id of the key or token, which may have been deleted since. */
      id: z.string(),
      /** The name of the key or token at that time. */
      name: z.string(),
    }),
  ),
  /** Further facts, as names and texts: `reason`, `fields`, `provider`. Never a secret. */
  detail: mapOf(z.nullable(z.string())),
  /** The network address that the request came from; empty for an action of the server itself. */
  source: z.string(),
});
export type Activity = z.output<typeof Activity>;

export const listActivity = endpoint({
  id: 'listActivity',
  method: 'GET',
  path: '/activity',
  answer: pageOf(Activity),
});
