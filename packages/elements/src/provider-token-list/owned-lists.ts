import type { OwnerKind, Policy, ProviderToken } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { maySee, ownedResources } from '../connection/owned-resources.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { ListController, type ListOptions } from '../controllers/list-controller.js';
import type { ProviderTokenRow } from './rows.js';

type TokenList = ListController<ProviderToken, 'name'>;

/** A token's owner; one of a kind that this version does not know is treated as an organization. */
export const ownerOf = ({ owner }: ProviderToken): OwnerKind => (owner.kind === 'user' ? 'user' : 'organization');

export interface OwnedListsOptions {
  /** The owner of the tokens; by default each that the policy offers. */
  readonly owner: () => OwnerKind | undefined;
  readonly pageSize: () => number | undefined;
  /** A search or another page is asked for. */
  readonly acted: () => void;
  /** Called before a page of one list that was read is rendered. */
  readonly shown: (
    list: TokenList,
    ...told: Parameters<NonNullable<ListOptions<ProviderToken, 'name'>['shown']>>
  ) => void;
}

/** The tokens of the person and those of the organization: two lists, searched as one. */
export class OwnedLists {
  readonly user: TokenList;
  readonly organization: TokenList;
  readonly #owner: OwnedListsOptions['owner'];

  constructor(host: LitElement & ConnectedInterface, { owner, pageSize, acted, shown }: OwnedListsOptions) {
    this.#owner = owner;
    const listOf = (kind: OwnerKind): TokenList =>
      new ListController(host, {
        list: async ({ client, organizationId, signal }, query) => {
          const policy = await sharedPolicy(client, organizationId);
          const isShown = this.ownersIn(policy).includes(kind) && maySee(kind, policy);
          const tokens = isShown ? ownedResources(client, kind, policy)?.providerTokens : undefined;
          return tokens ? await tokens.list({ ...query, signal }) : { data: [], nextCursor: null };
        },
        pageSize,
        sort: 'name',
        refreshOn: ({ resource, organizationId }) =>
          resource === 'providerToken' && (organizationId === null) === (kind === 'user'),
        dependencies: () => [owner()],
        acted,
        shown: (news) => shown(this[kind], news),
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

  /** As it has just been saved: what is done to it next is done to that. */
  show(token: ProviderToken): void {
    this[ownerOf(token)].show(token);
  }

  get q(): string {
    return this.user.q;
  }

  /** The search that what is shown answers. */
  get answered(): string {
    return this.both.map(({ answered }) => answered).find(Boolean) ?? '';
  }

  readonly search = (q: string): void => {
    for (const list of this.both) list.search(q);
  };

  /** Searches at once, in both lists. */
  find(q: string): void {
    for (const list of this.both) list.find(q, 'name');
  }

  /** Whether it is certain that there is no token at all. */
  isEmpty(policy: Policy): boolean {
    const owners = this.ownersIn(policy);
    const hasNone = (kind: OwnerKind) => {
      const { read, rows, isSearching } = this[kind];
      return maySee(kind, policy) && read.value !== undefined && rows.length === 0 && !isSearching;
    };
    return owners.length > 0 && owners.every(hasNone);
  }

  /** Whether a row of the other owner's may be called the same. */
  hasNamesake({ token }: ProviderTokenRow, kind: OwnerKind, policy: Policy): boolean {
    if (!token?.name) return this.ownersIn(policy).length > 1;
    return this[kind === 'user' ? 'organization' : 'user'].rows.some(({ name }) => name === token.name);
  }

  /** Whether it is certain that what is searched for is not there. */
  get isWithoutMatch(): boolean {
    const searched = this.both.filter(({ isSearching }) => isSearching);
    return searched.length > 0 && searched.every(({ read, rows }) => read.value && !read.error && rows.length === 0);
  }

  refresh(): void {
    for (const { read } of this.both) void read.refresh();
  }

  /** Reads again what could not be read. */
  retry(): void {
    for (const { read } of this.both) if (read.error) void read.refresh();
  }
}
