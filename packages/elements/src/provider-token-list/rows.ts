import type { Policy, Provider, ProviderToken } from '@ai-cockpit/sdk';

/** What is offered, and where tokens are for. */
export interface Offer {
  readonly policy: Policy;
  readonly providers: readonly Provider[];
}

/** A token, or in a list of one row a provider, a provider that has none yet. */
export interface ProviderTokenRow {
  readonly providerId: string;
  readonly provider: Provider | undefined;
  readonly token: ProviderToken | undefined;
}

export const providerOf = (token: ProviderToken, providers: readonly Provider[]): Provider | undefined =>
  providers.find(({ id }) => id === token.provider);

/** What a row is called: by its token's name, or its provider's where tokens have none. */
export const titleOf = ({ providerId, provider, token }: ProviderTokenRow): string =>
  token?.name || (provider?.name ?? providerId);

export const isPerProvider = ({ providerTokens }: Policy): boolean => providerTokens?.presentation === 'perProvider';

/** A row a token, or at least one a provider, as the policy says. */
export const rowsOf = (tokens: readonly ProviderToken[], { policy, providers }: Offer): readonly ProviderTokenRow[] => {
  const rowOf = (token: ProviderToken) => ({
    providerId: token.provider,
    provider: providerOf(token, providers),
    token,
  });
  if (!isPerProvider(policy)) return tokens.map(rowOf);
  return (policy.providerTokens?.providers ?? []).flatMap((providerId): ProviderTokenRow[] => {
    const own = tokens.filter(({ provider }) => provider === providerId).map(rowOf);
    const provider = providers.find(({ id }) => id === providerId);
    return own.length > 0 ? own : [{ providerId, provider, token: undefined }];
  });
};
