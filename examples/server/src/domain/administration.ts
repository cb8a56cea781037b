import type { ApiKey, ApiKeyStatusFilter, Page } from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { ListedOrganizations } from '../store/api-keys-within.js';
import type { OwnerRef } from '../store/owners.js';
import type { PageRequest, Position } from '../store/page.js';
import type { Store } from '../store/store.js';
import type { ApiKeyRow } from '../store/tables.js';
import { administeredBy, type User } from './access.js';
import type { Actor } from './activity.js';
import { withStatus } from './api-key-filter.js';
import { type ApiKeyRevocationContext, revokeApiKey, toApiKey } from './api-keys.js';
import { nameOwners, type OwnerNamesContext } from './owner-names.js';
import type { HostPolicies } from './policy.js';
import { orNotFound, ProblemError } from './problem-error.js';

const ownerOf = ({ ownerKind, ownerId }: ApiKeyRow): OwnerRef => ({ kind: ownerKind, id: ownerId });

export interface AdministrationContext extends OwnerNamesContext {
  store: OwnerNamesContext['store'] & Pick<Store, 'apiKeys' | 'directory'>;
}

/** The organizations in which this person is offered everybody's keys. */
export const administeredOrganizations = ({ policies }: { policies: HostPolicies }, user: User): string[] => {
  const organizationIds = administeredBy(user);
  if (!organizationIds.length) throw new ProblemError('forbidden');
  if (!policies.administrationFor(user)?.listsAllKeys) throw new ProblemError('not_offered');
  return organizationIds;
};

export const listAllApiKeys = async (
  context: AdministrationContext & { clock: Clock; policies: HostPolicies },
  organizationIds: readonly string[],
  request: PageRequest,
  status: ApiKeyStatusFilter | undefined,
): Promise<Omit<Page<ApiKey>, 'nextCursor'> & { next: Position | null }> => {
  const { store, clock, policies } = context;
  const now = clock.now();
  // The policy of administrators says when a key expires soon.
  const filtered = withStatus(request, status, policies.forRole('administrator').apiKeys, now);
  const listed = await listedOrganizations(context, organizationIds);
  const { rows, next } = await store.apiKeys.pageWithin(organizationIds, filtered, listed);
  const named = await nameOwners(context, rows.map(ownerOf));
  const total = await store.apiKeys.totalWithin(organizationIds, filtered, listed);
  return { data: rows.map((row) => toApiKey(row, named(ownerOf(row)), now)), next, total };
};

/** The owner of a key within these organizations; a key of others is not found. */
export const findApiKeyOwner = async (
  context: AdministrationContext,
  organizationIds: readonly string[],
  id: string,
): Promise<OwnerRef> => {
  const listed = await listedOrganizations(context, organizationIds);
  return ownerOf(orNotFound(await context.store.apiKeys.findWithin(organizationIds, id, listed)));
};

export const revokeAnyApiKey = async (
  context: OwnerNamesContext & ApiKeyRevocationContext,
  owner: OwnerRef,
  id: string,
  actor: Actor,
  reason?: string,
): Promise<ApiKey> => {
  const named = await nameOwners(context, [owner]);
  return revokeApiKey(context, named(owner), id, actor, reason);
};

/** The members in a host's own directory; `null` for the store's directory, whose tables the queries join. */
const listedOrganizations = async (
  { directory, store }: AdministrationContext,
  organizationIds: readonly string[],
): Promise<ListedOrganizations | null> => {
  if (directory === store.directory) return null;
  const [organizations, members] = await Promise.all([
    Promise.all(organizationIds.map((id) => directory.organization(id))),
    Promise.all(organizationIds.map((id) => directory.members(id))),
  ]);
  return {
    organizations: organizationIds.map((id, index) => organizations[index] ?? { id, name: id }),
    memberIds: new Set(members.flat().map(({ userId }) => userId)),
  };
};
