import { NotFoundError, type OwnerKind, type Policy, type Provider, type ProviderToken } from '@ai-cockpit/sdk';
import { mayManage, ownedResources } from '../connection/owned-resources.js';
import { sharedPolicy, sharedProviders } from '../connection/shared-clients.js';
import type { ReadContext } from '../controllers/read-controller.js';

/** The server's data that a form needs. */
export interface FormModel {
  readonly policy: Policy;
  /** The providers to choose from, in the policy's order, or only the token's own. */
  readonly providers: readonly Provider[];
  /** The possible owners, the default first. */
  readonly owners: readonly OwnerKind[];
  /** The token that is edited; `undefined` for a new one. */
  readonly token: ProviderToken | undefined;
}

/** Asks for the token of each possible owner in turn: its id does not tell the owner. */
const findToken = async (
  id: string,
  owners: readonly OwnerKind[],
  policy: Policy,
  { client, signal }: ReadContext,
): Promise<ProviderToken | undefined> => {
  for (const [index, owner] of owners.entries()) {
    try {
      return await ownedResources(client, owner, policy)?.providerTokens.get(id, { signal });
    } catch (error) {
      const isLast = index === owners.length - 1;
      if (isLast || !(error instanceof NotFoundError)) throw error;
    }
  }
  return undefined;
};

/** Reads the data of a form that edits a token or makes a new one, of one owner or any. */
export const readFormModel = async (
  context: ReadContext,
  tokenId: string | undefined,
  only: OwnerKind | undefined,
): Promise<FormModel> => {
  const { client, organizationId } = context;
  const [policy, catalogue] = await Promise.all([sharedPolicy(client, organizationId), sharedProviders(client)]);
  const { providers: offered = [], owners: possible = [] } = policy.providerTokens ?? {};
  const owners = possible.filter((owner) => mayManage(owner, policy) && owner === (only ?? owner));
  const token = tokenId ? await findToken(tokenId, owners, policy, context) : undefined;
  const ids = token ? [token.provider] : offered;
  const providers = ids.flatMap((id) => catalogue.find((provider) => provider.id === id) ?? []);
  return { policy, providers, owners, token };
};
