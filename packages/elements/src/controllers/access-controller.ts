import type { Cockpit, OwnerKind, Policy } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { type ReadContext, ReadController, type ReadOptions } from './read-controller.js';

/** What the signed-in person may do with the API keys and provider tokens of one owner. */
export interface Access<Owner extends string = OwnerKind> {
  readonly policy: Policy;
  readonly owner: Owner;
  /** Whether the policy offers API keys of this owner. */
  readonly offersKeys: boolean;
  /** Whether the person may create, change and delete the owner's keys and tokens. */
  readonly canManage: boolean;
  /** The owner's API keys, where the policy offers them and the person may see them. */
  readonly keys: Cockpit['apiKeys'] | undefined;
  /** The owner's provider tokens, where the person may see them. */
  readonly tokens: Cockpit['providerTokens'] | undefined;
  /** The same for another owner, in an element that shows the tokens of several. */
  readonly of: (owner: OwnerKind) => Access;
}

const accessOf = <Owner extends string>(client: Cockpit, policy: Policy, owner: Owner): Access<Owner> => {
  const organization = (owner === 'organization' && policy.organization) || undefined;
  const level = owner === 'user' ? 'manage' : (organization?.access ?? 'none');
  const resources = level === 'none' ? undefined : organization ? client.organization(organization.id) : client;
  const offersKeys = policy.apiKeys?.owner === owner;
  return {
    policy,
    owner,
    offersKeys,
    canManage: level === 'manage',
    keys: offersKeys ? resources?.apiKeys : undefined,
    tokens: resources?.providerTokens,
    of: (other) => accessOf(client, policy, other),
  };
};

export interface AccessOptions<Data, Owner extends string> extends Omit<ReadOptions<Access<Owner> & Data>, 'read'> {
  /** The owner that the host page asks for; by default, the owner of the policy's API keys. */
  owner?: () => Owner | undefined;
  /** Reads more data for `value`. Runs while the policy is read; `access` resolves with the policy. */
  read?: (context: ReadContext & { readonly access: Promise<Access<Owner>> }) => Promise<Data>;
}

/**
 * Reads the policy of the signed-in person in the active organization. `value` holds the policy, the owner of the
 * element's credentials, what the person may do with them, and the client's resources for them. With `read`, it also
 * holds the element's own data, so that data and access always belong to the same owner, organization and person.
 *
 * ```ts
 * readonly #access: AccessController<{ keyCount: number }> = new AccessController(this, {
 *   owner: () => this.owner,
 *   read: async ({ access, signal }) => {
 *     const { keys } = await access;
 *     return { keyCount: (await keys?.list({ signal }))?.total ?? 0 };
 *   },
 * });
 *
 * override render() {
 *   const { value } = this.#access;
 *   if (!value) return loadingOrErrorView('block', 1, this.#access, localizer);
 *   const { policy, owner, canManage, keys, keyCount } = value;
 * }
 * ```
 *
 * A second read of the same element, such as a list, gets the same access by `load`:
 *
 * ```ts
 * list: async (context, query) => (await this.#access.load(context)).keys?.list(query) ?? emptyPage,
 * ```
 */
export class AccessController<Data extends object = object, Owner extends string = OwnerKind> extends ReadController<
  Access<Owner> & Data
> {
  readonly #owner: () => Owner | undefined;

  constructor(
    host: LitElement & ConnectedInterface,
    { owner = () => undefined, read, dependencies, ...options }: AccessOptions<Data, Owner> = {},
  ) {
    super(host, {
      ...options,
      dependencies: () => [owner(), ...(dependencies?.() ?? [])],
      read: async (context) => {
        const access = this.load(context);
        const [granted, data] = await Promise.all([access, read?.({ ...context, access })]);
        // Without `read`, `Data` has no members.
        return { ...granted, ...(data as Data) };
      },
    });
    this.#owner = owner;
  }

  /** The access in the organization of a read that has begun. */
  async load({ client, organizationId }: ReadContext): Promise<Access<Owner>> {
    const policy = await sharedPolicy(client, organizationId);
    // An `Owner` other than a person or an organization is always named by the host.
    return accessOf(client, policy, this.#owner() ?? ((policy.apiKeys?.owner ?? 'user') as Owner));
  }
}
