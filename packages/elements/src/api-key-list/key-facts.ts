import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk';
import type { Fact } from '../views/about.js';
import { detailedCellView } from './cells.js';
import type { ApiKeyListLocalizer } from './columns.js';

/** What tells a key from others before it ends: its value as far as it is shown, its modules, its age and last use. */
export const keyFacts = (key: ApiKey, policy: ApiKeysPolicy, localizer: ApiKeyListLocalizer): Fact[] =>
  [
    ...(key.maskedValue ? ['maskedValue'] : []),
    ...(policy.modules.length > 0 || key.module !== null ? ['module'] : []),
    'createdAt',
    'lastUsedAt',
  ].map((column) => ({
    label: localizer.term('apiKeys.column', column),
    value: detailedCellView(column, key, policy, localizer),
  }));
