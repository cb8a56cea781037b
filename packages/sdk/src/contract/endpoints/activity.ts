import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { pageOf } from './list.js';
import { Owner } from './owner.js';
import { Instant, mapOf, openEnum } from './values.js';

/** What can be done to a profile or a credential. A set that grows: a client shows one it does not know by its name. */
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

/** Something that somebody did, or was refused. */
export const Activity = z.object({
  /** Opaque. */
  id: z.string(),
  /** When it happened; where it happened several times, the first time. */
  at: Instant,
  /** How many times it happened: a refusal that is repeated within an hour is counted, not listed again. Absent, once. */
  count: z.optional(z.number()),
  /** When it happened last, where it happened several times. */
  lastAt: z.optional(z.nullable(Instant)),
  /**
   * The action, and the kind of its target. A set that grows: a client shows an action that it does not know by its
   * name.
   */
  action: openEnum(activityActions),
  /** `done`, or the code of the problem that it ended in. */
  outcome: z.string(),
  /** The actor; `null` where none is known: a refused credential, or the server itself. */
  actor: z.nullable(
    z.object({
      /** `user`: a person’s session. `key`: a program with an API key. `service`: a service of the host. */
      kind: openEnum(['user', 'key', 'service']),
      /** The id of the person or API key; the name of the service. */
      id: z.string(),
      /** Their name at that time. */
      name: z.string(),
    }),
  ),
  /** Whose profile or credential it was done to. */
  owner: z.nullable(Owner),
  /** The API key or provider token that it was done to; `null` for anything else. */
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
  /** The network address that the request came from; empty where the server did it by itself. */
  source: z.string(),
});
export type Activity = z.output<typeof Activity>;

export const listActivity = endpoint({
  id: 'listActivity',
  method: 'GET',
  path: '/activity',
  answer: pageOf(Activity),
});
