import type { Policy, Provider, ProviderToken } from '@ai-cockpit/sdk';

/** The policy and the providers that it offers. */
export interface Offer {
  readonly policy: Policy;
  readonly providers: readonly Provider[];
}

/** A row: a token, or a provider without a token where the list has one row for each provider. */
export interface ProviderTokenRow {
  readonly providerId: string;
  readonly provider: Provider | undefined;
  readonly providerName: string;
  readonly token: ProviderToken | undefined;
}

export const providerOf = (providerId: string, providers: readonly Provider[]): Provider | undefined =>
  providers.find(({ id }) => id === providerId);

/** The name of a provider; its id if the policy no longer offers it. */
export const providerNameOf = (providerId: string, providers: readonly Provider[]): string =>
  providerOf(providerId, providers)?.name ?? providerId;

/** The name of a row: that of its token, else of its provider. */
export const rowTitle = ({ providerName, token }: ProviderTokenRow): string => token?.name || providerName;

export const isPerProvider = ({ providerTokens }: Policy): boolean => providerTokens?.presentation === 'perProvider';

/** One row for each token, or also one for each provider without a token, as the policy says. */
export const providerTokenRows = (
  tokens: readonly ProviderToken[],
  { policy, providers }: Offer,
): readonly ProviderTokenRow[] => {
  const rowOf = (providerId: string, token?: ProviderToken): ProviderTokenRow => ({
    providerId,
    provider: providerOf(providerId, providers),
    providerName: providerNameOf(providerId, providers),
    token,
  });
  const ownRows = tokens.map((token) => rowOf(token.provider, token));
  if (!isPerProvider(policy)) return ownRows;
  return (policy.providerTokens?.providers ?? []).flatMap((id) => {
    const own = ownRows.filter(({ providerId }) => providerId === id);
    return own.length > 0 ? own : [rowOf(id)];
  });
};
