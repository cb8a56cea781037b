import type { OwnerKind, Provider, ProviderToken } from '@ai-cockpit/sdk';
import type { ProviderTokenListLocalizer } from './columns.js';
import { providerNameOf } from './rows.js';

/** The subject of the form: a token to edit, or a new one, of a provider and an owner where these are given. */
export interface FormSubject {
  /** The active one when it was opened: what is typed is for that one. */
  readonly organizationId?: string | undefined;
  readonly token?: ProviderToken;
  /** Somebody else has deleted the token, and its values become a new one. */
  readonly isAddedAgain?: boolean;
  readonly provider?: string;
  readonly owner?: OwnerKind | undefined;
}

/** As a token is spoken of; its row, which stands for its provider, is called by that alone. */
export const tokenTitle = (
  { name, provider }: ProviderToken,
  providers: readonly Provider[],
  localizer: ProviderTokenListLocalizer,
): string => name || localizer.text('providerToken.of', { provider: providerNameOf(provider, providers) });

export const formTitle = (
  { token, provider = token?.name ? undefined : token?.provider, isAddedAgain }: FormSubject,
  providers: readonly Provider[],
  localizer: ProviderTokenListLocalizer,
): string => {
  if (token && !isAddedAgain)
    return localizer.text('providerToken.editTitle', { name: tokenTitle(token, providers, localizer) });
  if (!provider) return localizer.text('providerToken.addTitle');
  return localizer.text('providerToken.addFor', { provider: providerNameOf(provider, providers) });
};
