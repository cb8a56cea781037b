import type { OwnerKind, Policy, ProviderToken } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import type { Access } from '../controllers/access-controller.js';
import { ListController, type ListOptions } from '../controllers/list-controller.js';
import type { ReadContext } from '../controllers/read-controller.js';
import type { Searchable } from '../views/search.js';
import type { ProviderTokenRow } from './rows.js';

type TokenList = ListController<ProviderToken, 'name'>;

/** A token's owner; one of a kind that this version does not know is treated as an organization. */
export const ownerOf = ({ owner }: ProviderToken): OwnerKind => (owner.kind === 'user' ? 'user' : 'organization');

export interface OwnedListsOptions extends Pick<ListOptions<ProviderToken, 'name'>, 'pageSize' | 'status'> {
  /** The owner of the tokens; by default each that the policy offers. */
  readonly owner: () => OwnerKind | undefined;
  readonly load: (context: ReadContext) => Promise<Access>;
}

/** The tokens of the person and those of the organization: two lists, searched as one. */
export class OwnedLists implements Searchable {
  readonly user: TokenList;
  readonly organization: TokenList;
  readonly #owner: OwnedListsOptions['owner'];

  constructor(host: LitElement & ConnectedInterface, { owner, load, pageSize, status }: OwnedListsOptions) {
    this.#owner = owner;
    const listOf = (kind: OwnerKind): TokenList =>
      new ListController(host, {
        list: async (context, request) => {
          const access = await load(context);
          const tokens = this.ownersIn(access.policy).includes(kind) ? access.of(kind).tokens : undefined;
          return tokens ? await tokens.list({ ...request, signal: context.signal }) : { data: [], nextCursor: null };
        },
        pageSize,
        sort: 'name',
        refreshOn: ({ resource, organizationId }) =>
          resource === 'providerToken' && (organizationId === null) === (kind === 'user'),
        dependencies: () => [owner()],
        status,
      });
    this.user = listOf('user');
    this.organization = listOf('organization');
  }

  get both(): readonly TokenList[] {
    return [this.user, this.organization];
  }

  /** The owners whose tokens are shown. */
  ownersIn({ providerTokens }: Policy): readonly OwnerKind[] {
    return providerTokens?.owners.filter((kind) => kind === (this.#owner() ?? kind)) ?? [];
  }

  has(id: string | undefined): boolean {
    return this.both.some(({ rows }) => rows.some((token) => token.id === id));
  }

  /** Shows a token as it was saved, until its list is read again. */
  show(token: ProviderToken): void {
    this[ownerOf(token)].show(token);
  }

  get searchText(): string {
    return this.user.searchText;
  }

  /** The search that the rows shown answer, in one list at least. */
  get appliedSearch(): string {
    return this.both.map(({ appliedQuery }) => appliedQuery.q).find(Boolean) ?? '';
  }

  readonly search = (q: string): void => {
    for (const list of this.both) list.search(q);
  };

  readonly clear = (): void => {
    for (const list of this.both) list.clear();
  };

  /** Reads the tokens of this name. */
  find(name: string): void {
    for (const list of this.both) list.find(name, 'name');
  }

  /** Whether a row of the other owner may have the same name. */
  hasNamesake({ token }: ProviderTokenRow, kind: OwnerKind, policy: Policy): boolean {
    if (!token?.name) return this.ownersIn(policy).length > 1;
    return this[kind === 'user' ? 'organization' : 'user'].rows.some(({ name }) => name === token.name);
  }

  refresh(): void {
    for (const { read } of this.both) void read.refresh();
  }

  /** Reads again every list that could not be read. */
  retry(): void {
    for (const { read } of this.both) if (read.error) void read.refresh();
  }
}
