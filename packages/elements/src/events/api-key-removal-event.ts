import type { ApiKey } from '@ai-cockpit/sdk';

/** `api-key-revoke` and `api-key-delete` before a key ends, cancelable; `api-key-revoked` and `api-key-deleted` after. */
export class ApiKeyRemovalEvent extends Event {
  readonly apiKey: ApiKey;

  constructor(type: 'revoke' | 'revoked' | 'delete' | 'deleted', apiKey: ApiKey) {
    super(`api-key-${type}`, { bubbles: true, composed: true, cancelable: type === 'revoke' || type === 'delete' });
    this.apiKey = apiKey;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'api-key-revoke': ApiKeyRemovalEvent;
    'api-key-revoked': ApiKeyRemovalEvent;
    'api-key-delete': ApiKeyRemovalEvent;
    'api-key-deleted': ApiKeyRemovalEvent;
  }
}
