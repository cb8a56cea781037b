import type { AcceptedEvent, HostEvent } from '@ai-cockpit/sdk/contract';
import type { Environment } from '../environment.js';
import { type FieldFault, Refusal, refuseFaults } from '../refusal.js';
import { audienceOf, hasSubject, isKnownSubject } from './audience.js';
import type { Outbox } from './outbox.js';

/** Events that the host's services publish. */
export class Events {
  readonly #environment: Environment;
  readonly #outbox: Outbox;
  /** Where a mail may lead: a link to anywhere else would be somebody else's. */
  readonly #origins: ReadonlySet<string>;

  constructor(environment: Environment, outbox: Outbox, origins: ReadonlySet<string>) {
    this.#environment = environment;
    this.#outbox = outbox;
    this.#origins = origins;
  }

  /** Refuses where no policy offers notifications, before the event is read. */
  refuseUnlessOffered(): void {
    if (!this.#environment.policies.all.some(({ notifications }) => notifications)) throw new Refusal('not_offered');
  }

  /** Taken in once it is kept, whether the mail server is there or not; an id that is known is taken in already. */
  async publish(event: HostEvent): Promise<AcceptedEvent> {
    const { store, clock } = this.#environment;
    refuseFaults(this.#faultsOf(event));
    const { id, type, subject, title, application, occurredAt, link } = event;
    const audience = await audienceOf(this.#environment, event);
    const occasion = `event:${id}`;
    const mails = this.#outbox.mailsFor(audience, occasion, {
      about: 'event',
      event: { type, subject, title, application, occurredAt, link },
    });
    const recipients = await store.transaction(async (tx) => {
      if (await tx.outbox.addEvent(id, clock.now())) await tx.outbox.add(mails);
      return tx.outbox.recipientsOf(occasion);
    });
    this.#outbox.wake();
    if (recipients > 0) return { id, recipients, reason: null };
    return {
      id,
      recipients,
      reason: (await hasSubject(this.#environment, subject)) ? 'no_subscribers' : 'unknown_subject',
    };
  }

  #faultsOf({ type, subject, link, recipients }: HostEvent): FieldFault[] {
    const isOffered = this.#environment.policies.all.some(({ notifications }) => notifications?.events.includes(type));
    return [
      ...(isOffered ? [] : [{ path: 'type', code: 'not_offered' } as const]),
      ...(this.#origins.has(new URL(link).origin) ? [] : [{ path: 'link', code: 'not_offered' } as const]),
      ...(recipients || isKnownSubject(subject) ? [] : [{ path: 'recipients', code: 'required' } as const]),
    ];
  }
}
