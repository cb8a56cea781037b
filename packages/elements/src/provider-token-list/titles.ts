import type { OwnerKind, Provider, ProviderToken } from '@ai-cockpit/sdk';
import type { ProviderTokenListLocalizer } from './columns.js';
import { providerNameOf } from './rows.js';

/** The subject of the form: a token to edit, or a new token, with a provider and an owner if these are given. */
export interface FormSubject {
  /** The active organization when the form was opened: the draft is saved there. */
  readonly organizationId?: string | undefined;
  readonly token?: ProviderToken;
  /** Another person deleted the token, and its values are saved as a new one. */
  readonly isAddedAgain?: boolean;
  readonly provider?: string;
  readonly owner?: OwnerKind | undefined;
}

/** The name of a token in sentences; its row is titled with the provider alone. */
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
