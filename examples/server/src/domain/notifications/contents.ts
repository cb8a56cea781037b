import type { HostEvent, OwnerKind } from '@ai-cockpit/sdk/contract';

/** The contents of a mail about an event. */
export interface EventContents {
  about: 'event';
  event: Pick<HostEvent, 'type' | 'subject' | 'title' | 'application' | 'occurredAt' | 'link'>;
}

/** A key or token that ends soon. */
export interface ExpiryContents {
  about: 'expiry';
  credential: 'apiKey' | 'providerToken';
  id: string;
  owner: { kind: OwnerKind; id: string };
  expiresAt: number;
}

/** The contents of a mail in the outbox, before its text is written. */
export type Contents = EventContents | ExpiryContents;
