import type { ApiKey, ApiKeyStatusFilter, Page } from '@ai-cockpit/sdk/contract';
import type { ApiKeyPageRequest } from '../store/api-key-filter.js';
import type { ListedOrganizations } from '../store/api-keys-within.js';
import type { OwnerRef } from '../store/owners.js';
import type { PageRequest, Position } from '../store/page.js';
import type { ApiKeyRow } from '../store/tables.js';
import { administeredBy, type User } from './access.js';
import type { Actor } from './activity.js';
import { withStatus } from './api-key-filter.js';
import { type ApiKeys, toApiKey } from './api-keys.js';
import type { Environment } from './environment.js';
import { nameOwners } from './owner-names.js';
import { found, Refusal } from './refusal.js';

const ownerOf = ({ ownerKind, ownerId }: ApiKeyRow): OwnerRef => ({ kind: ownerKind, id: ownerId });

/** Lists and revokes the keys of an administrator's organizations and of all their members. */
export class Administration {
  readonly #environment: Environment;
  readonly #apiKeys: ApiKeys;

  constructor(environment: Environment, apiKeys: ApiKeys) {
    this.#environment = environment;
    this.#apiKeys = apiKeys;
  }

  /** The organizations in which this person is offered everybody's keys. */
  reach(user: User): string[] {
    const organizationIds = administeredBy(user);
    if (!organizationIds.length) throw new Refusal('forbidden');
    if (!this.#environment.policies.administrationFor(user)?.listsAllKeys) throw new Refusal('not_offered');
    return organizationIds;
  }

  /** The policy of administrators says when a key expires soon. */
  filtered(request: PageRequest, status: ApiKeyStatusFilter | undefined): ApiKeyPageRequest {
    const { policies, clock } = this.#environment;
    return withStatus(request, status, policies.termsFor('administrator').apiKeys, clock.now());
  }

  async page(
    organizationIds: readonly string[],
    request: ApiKeyPageRequest,
  ): Promise<Omit<Page<ApiKey>, 'nextCursor'> & { next: Position | null }> {
    const { store, clock } = this.#environment;
    const now = clock.now();
    const listed = await this.#listed(organizationIds);
    const { rows, next } = await store.apiKeys.pageWithin(organizationIds, request, listed);
    const named = await nameOwners(this.#environment, rows.map(ownerOf));
    const total = await store.apiKeys.totalWithin(organizationIds, request, listed);
    return { data: rows.map((row) => toApiKey(row, named(ownerOf(row)), now)), next, total };
  }

  /** The owner of a key within these organizations; of others, nothing is told. */
  async ownerOf(organizationIds: readonly string[], id: string): Promise<OwnerRef> {
    const listed = await this.#listed(organizationIds);
    return ownerOf(found(await this.#environment.store.apiKeys.findWithin(organizationIds, id, listed)));
  }

  async revoke(owner: OwnerRef, id: string, actor: Actor, reason?: string): Promise<ApiKey> {
    const named = await nameOwners(this.#environment, [owner]);
    return this.#apiKeys.revoke(named(owner), id, actor, reason);
  }

  /** The members in a host's own directory; `null` for the store's directory, whose tables the queries join. */
  async #listed(organizationIds: readonly string[]): Promise<ListedOrganizations | null> {
    const { directory, store } = this.#environment;
    if (directory === store.directory) return null;
    const [organizations, members] = await Promise.all([
      Promise.all(organizationIds.map((id) => directory.organization(id))),
      Promise.all(organizationIds.map((id) => directory.members(id))),
    ]);
    return {
      organizations: organizationIds.map((id, index) => organizations[index] ?? { id, name: id }),
      memberIds: new Set(members.flat().map(({ userId }) => userId)),
    };
  }
}
