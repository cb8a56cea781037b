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
