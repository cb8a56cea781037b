import type { HostEvent } from '@ai-cockpit/sdk/contract';
import type { Environment } from '../environment.js';
import { type FieldFault, Refusal, refuseFaults } from '../refusal.js';
import { audienceOf, isKnownSubject } from './audience.js';
import type { Outbox } from './outbox.js';

/** What the host's services tell of. */
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

  /** What can be said before it is known what has happened. */
  refuseUnlessOffered(): void {
    if (!this.#environment.policies.all.some(({ notifications }) => notifications)) throw new Refusal('not_offered');
  }

  /** Taken in once it is kept, whether the mail server is there or not; an id that is known is taken in already. */
  async publish(event: HostEvent): Promise<void> {
    const { store, clock } = this.#environment;
    refuseFaults(this.#faultsOf(event));
    const { id, type, subject, title, occurredAt, link } = event;
    const audience = await audienceOf(this.#environment, event);
    const mails = this.#outbox.mailsFor(audience, `event:${id}`, {
      about: 'event',
      event: { type, subject, title, occurredAt, link },
    });
    await store.transaction(async (tx) => {
      if (await tx.outbox.addEvent(id, clock.now())) await tx.outbox.add(mails);
    });
    this.#outbox.wake();
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
