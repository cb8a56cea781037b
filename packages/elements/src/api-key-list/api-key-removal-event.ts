import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';

/** The two ways in which a key ends. */
export type RemovalKind = 'revoke' | 'delete';

export const past = { revoke: 'revoked', delete: 'deleted' } as const;

/** How a key that still works ends. */
export const activeRemovalOf = ({ removal }: ApiKeysPolicy): RemovalKind =>
  removal === 'revokeThenDelete' ? 'revoke' : 'delete';

/** How a key ends next, where one that still works may have to be revoked first. */
export const removalKindOf = ({ status }: ApiKey, policy: ApiKeysPolicy): RemovalKind =>
  status === 'active' ? activeRemovalOf(policy) : 'delete';

/** `api-key-revoke` and `api-key-delete` before a key ends, cancelable; `api-key-revoked` and `api-key-deleted` after. */
export class ApiKeyRemovalEvent extends Event {
  readonly apiKey: ApiKey;

  constructor(type: RemovalKind | 'revoked' | 'deleted', apiKey: ApiKey) {
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
