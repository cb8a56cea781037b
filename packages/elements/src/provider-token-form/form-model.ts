import { NotFoundError, type OwnerKind, type Provider, type ProviderToken } from '@ai-cockpit/sdk';
import { sharedProviders } from '../connection/shared-clients.js';
import type { Access } from '../controllers/access-controller.js';
import type { ReadContext } from '../controllers/read-controller.js';

/** The server's data that a form needs. */
export interface FormData {
  /** The providers to choose from, in the policy's order, or only the token's own. */
  readonly providers: readonly Provider[];
  /** The possible owners, the default first. */
  readonly owners: readonly OwnerKind[];
  /** The token that is edited; `undefined` for a new one. */
  readonly token: ProviderToken | undefined;
}

export type FormModel = Access & FormData;

/** Asks for the token of each possible owner in turn: its id does not tell the owner. */
const findToken = async (
  id: string,
  owners: readonly OwnerKind[],
  { of }: Access,
  signal: AbortSignal,
): Promise<ProviderToken | undefined> => {
  for (const [index, owner] of owners.entries()) {
    try {
      return await of(owner).tokens?.get(id, { signal });
    } catch (error) {
      const isLast = index === owners.length - 1;
      if (isLast || !(error instanceof NotFoundError)) throw error;
    }
  }
  return undefined;
};

/** Reads the data of a form that edits a token or makes a new one, of one owner or any. */
export const readFormModel = async (
  { access, client, signal }: ReadContext & { readonly access: Promise<Access> },
  tokenId: string | undefined,
  only: OwnerKind | undefined,
): Promise<FormData> => {
  const [granted, catalogue] = await Promise.all([access, sharedProviders(client)]);
  const { providers: offered = [], owners: possible = [] } = granted.policy.providerTokens ?? {};
  const owners = possible.filter((owner) => granted.of(owner).canManage && owner === (only ?? owner));
  const token = tokenId ? await findToken(tokenId, owners, granted, signal) : undefined;
  const ids = token ? [token.provider] : offered;
  const providers = ids.flatMap((id) => catalogue.find((provider) => provider.id === id) ?? []);
  return { providers, owners, token };
};
