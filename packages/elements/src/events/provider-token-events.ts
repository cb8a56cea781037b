import type { ProviderToken } from '@ai-cockpit/sdk';

/** A token as it would be: without an id until it is created, and always without its secrets. */
export type ProviderTokenDraft = Pick<ProviderToken, 'provider' | 'name' | 'code' | 'description' | 'values'> & {
  readonly id: string | null;
  readonly owner: { readonly kind: string; readonly id: string };
};

/** Before a token is created or changed, cancelable. */
export class ProviderTokenSaveEvent extends Event {
  readonly providerToken: ProviderTokenDraft;

  constructor(providerToken: ProviderTokenDraft) {
    super('provider-token-save', { bubbles: true, composed: true, cancelable: true });
    this.providerToken = providerToken;
  }
}

/** After a token was created or changed. */
export class ProviderTokenSavedEvent extends Event {
  readonly providerToken: ProviderToken;

  constructor(providerToken: ProviderToken) {
    super('provider-token-saved', { bubbles: true, composed: true });
    this.providerToken = providerToken;
  }
}

/** The person has left the form by Cancel, and agreed to lose what was typed, where something was. */
export class ProviderTokenCancelEvent extends Event {
  constructor() {
    super('provider-token-cancel', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'provider-token-save': ProviderTokenSaveEvent;
    'provider-token-saved': ProviderTokenSavedEvent;
    'provider-token-cancel': ProviderTokenCancelEvent;
  }
}
