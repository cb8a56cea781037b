import type { ApiKey, Cockpit, ListAllApiKeysParams, OwnerKind, Page, Policy, RevokeOptions } from '@ai-cockpit/sdk';
import { type RemovalKind, removalKindOf } from '../api-keys/removal-kind.js';
import type { Access } from '../controllers/access-controller.js';

/** The owner of a list's keys: the person, the active organization, or all owners that an administrator manages. */
export type KeysOwner = OwnerKind | 'all';

export type KeysAccess = Access<KeysOwner>;

/** The operations of every list of keys. */
export interface KeySource {
  list(params?: ListAllApiKeysParams): PromiseLike<Page<ApiKey>>;
  revoke(id: string, options?: RevokeOptions): Promise<ApiKey>;
}

/** In all organizations that the person administers, whichever is active. */
const listsAllKeys = ({ apiKeys, administration }: Policy) => apiKeys !== null && administration?.listsAllKeys === true;

/** The client's resource for the keys; undefined where the person may not see them. */
export const keySourceOf = (client: Cockpit, { owner, policy, keys }: KeysAccess): KeySource | undefined => {
  if (owner !== 'all') return keys;
  return listsAllKeys(policy) ? client.administration.apiKeys : undefined;
};

/** A resource that exists wherever the list shows a key. */
export const existing = <Resource>(resource: Resource | undefined): Resource => {
  if (!resource) throw new TypeError('There is no list');
  return resource;
};

/** Whether the policy offers such keys. Other people than administrators are not told whether it lists all keys. */
export const isOffered = ({ owner, policy, offersKeys }: KeysAccess): boolean =>
  owner === 'all'
    ? policy.apiKeys !== null && (policy.organization?.role !== 'administrator' || listsAllKeys(policy))
    : offersKeys;

/** How a key can be ended next, if at all. An administrator leaves keys that have ended to their owner. */
export const endingOf = (key: ApiKey, { owner, policy, canManage }: KeysAccess): RemovalKind | undefined => {
  if (owner === 'all') return key.status === 'active' ? 'revoke' : undefined;
  return canManage && policy.apiKeys ? removalKindOf(key, policy.apiKeys) : undefined;
};
