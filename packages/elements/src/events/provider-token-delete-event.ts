import type { ProviderToken } from '@ai-cockpit/sdk';

/** `provider-token-delete` before a token is deleted, cancelable; `provider-token-deleted` after. */
export class ProviderTokenDeleteEvent extends Event {
  readonly providerToken: ProviderToken;

  constructor(type: 'provider-token-delete' | 'provider-token-deleted', providerToken: ProviderToken) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'provider-token-delete' });
    this.providerToken = providerToken;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'provider-token-delete': ProviderTokenDeleteEvent;
    'provider-token-deleted': ProviderTokenDeleteEvent;
  }
}
