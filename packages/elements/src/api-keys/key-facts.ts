import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';
import type { Fact } from '../views/about.js';
import { type ApiKeyListLocalizer, detailedKeyCellView } from './key-cells.js';

const age = ['createdAt', 'lastUsedAt'];

const factOf = (column: string, key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer): Fact => ({
  label: localizer.term('apiKeys.column', column),
  value: detailedKeyCellView(column, key, policy, localizer),
});

/** Facts that identify a key before it is revoked or deleted: masked value, modules, age and last use. */
export const keyFacts = (key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer): Fact[] =>
  [
    ...(key.maskedValue ? ['maskedValue'] : []),
    ...(policy.modules.length > 0 || key.module !== null ? ['module'] : []),
    ...age,
  ].map((column) => factOf(column, key, policy, localizer));

/** When a key was created and last used. */
export const ageFacts = (key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer): Fact[] =>
  age.map((column) => factOf(column, key, policy, localizer));
