import type { HostEvent, OwnerKind } from '@ai-cockpit/sdk/contract';

/** What there is to tell of an event. */
export interface EventContents {
  about: 'event';
  event: Pick<HostEvent, 'type' | 'subject' | 'title' | 'occurredAt' | 'link'>;
}

/** A key or token that ends soon. */
export interface ExpiryContents {
  about: 'expiry';
  credential: 'apiKey' | 'providerToken';
  id: string;
  owner: { kind: OwnerKind; id: string };
  expiresAt: number;
}

/** What a mail in the outbox is about, before it is written out. */
export type Contents = EventContents | ExpiryContents;
