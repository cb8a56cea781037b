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
  id: z.string(),
  at: Instant,
  action: openEnum(activityActions),
  /** `done`, or the code of the problem that it ended in. */
  outcome: z.string(),
  /** A person, the API key that a program presented, or a service; `null` where nobody was known to be asking. */
  actor: z.nullable(z.object({ kind: openEnum(['user', 'key', 'service']), id: z.string(), name: z.string() })),
  /** Whose profile or credential it was done to. */
  owner: z.nullable(Owner),
  /** The key or provider token, and what it was called then: it may be called otherwise now, or be gone. */
  subject: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** What else helps to understand it; never a secret. */
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
