import type { AcceptedEvent, HostEvent } from '@ai-cockpit/sdk/contract';
import type { Directory } from '../../ports/directory.js';
import type { Records } from '../../store/store.js';
import type { Actor } from '../activity.js';
import type { Change } from '../change.js';
import type { HostPolicies } from '../policy.js';
import { type FieldError, ProblemError, throwFieldErrors } from '../problem-error.js';
import { audienceOf, hasSubject, isKnownSubject } from './audience.js';
import type { Outbox } from './outbox.js';

interface EventRulesContext {
  policies: HostPolicies;
  /** Where a mail may lead: a link to anywhere else would be somebody else's. */
  linkOrigins: ReadonlySet<string>;
}

export interface EventsContext extends EventRulesContext {
  store: Pick<Records, 'notificationSettings' | 'people'>;
  directory: Directory;
  change: Change;
  outbox: Pick<Outbox, 'mailsFor' | 'wake'>;
}

/** Refuses where no policy offers notifications, before the event is read. */
export const requireNotificationsOffered = ({ policies }: { policies: HostPolicies }): void => {
  if (!policies.all.some(({ notifications }) => notifications)) throw new ProblemError('not_offered');
};

/** Taken in once it is kept, whether the mail server is there or not; an id that is known is taken in already. */
export const publishEvent = async (context: EventsContext, event: HostEvent, actor: Actor): Promise<AcceptedEvent> => {
  const { change, outbox } = context;
  throwFieldErrors(eventErrors(context, event));
  const { id, type, subject, title, application, occurredAt, link } = event;
  const audience = await audienceOf(context, event);
  const dedupeKey = `event:${id}`;
  const mails = outbox.mailsFor(audience, dedupeKey, {
    about: 'event',
    event: { type, subject, title, application, occurredAt, link },
  });
  const recipients = await change(null, actor, async ({ tx, now }) => {
    if (await tx.outbox.addEvent(id, now)) await tx.outbox.add(mails);
    return tx.outbox.recipientsOf(dedupeKey);
  });
  outbox.wake();
  if (recipients > 0) return { id, recipients, reason: null };
  return { id, recipients, reason: (await hasSubject(context, subject)) ? 'no_subscribers' : 'unknown_subject' };
};

const eventErrors = (
  { policies, linkOrigins }: EventRulesContext,
  { type, subject, link, recipients }: HostEvent,
): FieldError[] => {
  const isOffered = policies.all.some(({ notifications }) => notifications?.events.includes(type));
  return [
    ...(isOffered ? [] : [{ path: 'type', code: 'not_offered' } as const]),
    ...(linkOrigins.has(new URL(link).origin) ? [] : [{ path: 'link', code: 'not_offered' } as const]),
    ...(recipients || isKnownSubject(subject) ? [] : [{ path: 'recipients', code: 'required' } as const]),
  ];
};
