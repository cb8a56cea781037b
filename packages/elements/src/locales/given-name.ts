import type { ApiKeysPolicy, Provider } from '@ai-cockpit/sdk';
import { textsIn } from './languages.js';
import type { GivenId, Localizer } from './localizer.js';

type GivenLocalizer = Pick<Localizer, 'given' | 'locale'>;

/** A name in the person's language, where it has one in `messages`, and in the host's wording. */
const givenName = (
  id: GivenId,
  { name, messages }: Pick<Provider, 'name' | 'messages'>,
  localizer: GivenLocalizer,
): string => localizer.given(id, textsIn(messages, localizer.locale).name ?? name);

export const moduleName = (module: ApiKeysPolicy['modules'][number], localizer: GivenLocalizer): string =>
  givenName(`module.${module.id}`, module, localizer);

export const providerName = (provider: Provider, localizer: GivenLocalizer): string =>
  givenName(`provider.${provider.id}.name`, provider, localizer);
