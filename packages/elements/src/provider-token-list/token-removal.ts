import type { Provider, ProviderToken } from '@ai-cockpit/sdk';
import type { RemovalController } from '../controllers/removal-controller.js';
import type { ConflictId, ListId, Localizer, ProviderTokenId } from '../locales/localizer.js';
import { removalView } from '../views/removal.js';
import { providerNameOf } from './rows.js';
import { tokenFacts } from './token-facts.js';

/** The confirmation of a deletion; render it only while there is an `item`. */
export const tokenRemovalView = (
  removal: RemovalController<ProviderToken>,
  token: ProviderToken,
  providers: readonly Provider[],
  localizer: Localizer<ListId | ConflictId | ProviderTokenId>,
) =>
  removalView(
    removal,
    {
      title: localizer.text('providerToken.deleteTitle'),
      consequence: localizer.text('providerToken.deleteBody', { provider: providerNameOf(token.provider, providers) }),
      facts: tokenFacts(token, providers, localizer),
      confirm: localizer.text('providerToken.delete'),
      confirming: localizer.text('deleting'),
    },
    localizer,
  );
