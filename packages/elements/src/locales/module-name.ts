import type { ApiKeysPolicy } from '@ai-cockpit/sdk';
import { textsIn } from './languages.js';
import type { Localizer } from './localizer.js';

/** A module's name in the person's language, where the policy has it, and in the host's wording. */
export const moduleName = (
  { id, name, messages }: ApiKeysPolicy['modules'][number],
  localizer: Pick<Localizer, 'given' | 'locale'>,
): string => localizer.given(`module.${id}`, textsIn(messages, localizer.locale).name ?? name);
