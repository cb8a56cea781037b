import type { Cockpit, OwnerKind, Policy } from '@ai-cockpit/sdk';

/** The tokens and keys of an owner: the signed-in person's own, or those of the active organization. */
export const ownedResources = (client: Cockpit, owner: OwnerKind, { organization }: Policy) => {
  if (owner === 'user') return client;
  return organization ? client.organization(organization.id) : undefined;
};

/** Whether there are such keys: the policy has those of one owner. */
export const hasKeysOf = (owner: OwnerKind, { apiKeys }: Policy) => apiKeys?.owner === owner;

/** Whether this person may see what that owner has. */
export const maySee = (owner: OwnerKind, { organization }: Policy) =>
  owner === 'user' || (organization?.access ?? 'none') !== 'none';

/** Whether this person may change what that owner has; everybody may change their own. */
export const mayManage = (owner: OwnerKind, { organization }: Policy) =>
  owner === 'user' || organization?.access === 'manage';
