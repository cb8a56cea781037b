import type {
  ApiKey,
  ApiKeyColumn,
  ApiKeysPolicy,
  Cockpit,
  ListAllApiKeysParams,
  OwnerKind,
  Page,
  Policy,
  RevokeOptions,
} from '@ai-cockpit/sdk';
import { hasKeysOf, mayManage, maySee, ownedResources } from '../connection/owned-resources.js';
import { type RemovalKind, removalKindOf } from '../api-keys/removal-kind.js';

/** The owner of a list's keys: the person, the active organization's, or everybody's that they administer. */
export type KeysOwner = OwnerKind | 'all';

/** The operations of every list of keys. */
export interface KeySource {
  list(params?: ListAllApiKeysParams): PromiseLike<Page<ApiKey>>;
  revoke(id: string, options?: RevokeOptions): Promise<ApiKey>;
}

export const keySourceOf = (client: Cockpit, owner: KeysOwner, policy: Policy): KeySource | undefined =>
  owner === 'all' ? client.administration.apiKeys : ownedResources(client, owner, policy)?.apiKeys;

/** Of all organizations that the person administers at once: that another one is active does not matter. */
const listsAllKeys = ({ administration }: Policy) => administration?.listsAllKeys === true;

const isAdministrator = ({ organization }: Policy) => organization?.role === 'administrator';

/** Whether there are such keys at all; that of everybody's only an administrator is told. */
export const isOffered = (owner: KeysOwner, policy: Policy): boolean =>
  owner === 'all'
    ? policy.apiKeys !== null && (!isAdministrator(policy) || listsAllKeys(policy))
    : hasKeysOf(owner, policy);

export const mayRead = (owner: KeysOwner, policy: Policy): boolean =>
  owner === 'all' ? listsAllKeys(policy) : hasKeysOf(owner, policy) && maySee(owner, policy);

/** Of others, an administrator ends keys and makes none. */
export const mayCreate = (owner: KeysOwner, policy: Policy): owner is OwnerKind =>
  owner !== 'all' && mayManage(owner, policy);

export const mayEnd = (owner: KeysOwner, policy: Policy): boolean => owner === 'all' || mayManage(owner, policy);

/** How a key can be ended next, if at all. An administrator leaves what has ended to its owner. */
export const endingOf = (key: ApiKey, owner: KeysOwner, policy: Policy): RemovalKind | undefined => {
  if (owner === 'all') return key.status === 'active' ? 'revoke' : undefined;
  return mayManage(owner, policy) && policy.apiKeys ? removalKindOf(key, policy.apiKeys) : undefined;
};

/** The policy's columns: with the owner among everybody's keys, and without where all are of one owner. */
export const columnsOf = (owner: KeysOwner, { columns }: ApiKeysPolicy): readonly (ApiKeyColumn | (string & {}))[] => {
  if (owner === 'all' && columns.includes('owner')) return columns;
  const [first = 'name', ...others] = columns.filter((column) => column !== 'owner');
  return owner === 'all' ? [first, 'owner', ...others] : [first, ...others];
};
