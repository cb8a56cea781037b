import { apiKeyStatusFilters, type ApiKeysPolicy, type ApiKeyStatusFilter } from '@ai-cockpit/sdk/contract';
import type { ApiKeyPageRequest } from '../store/api-key-filter.js';
import type { PageRequest } from '../store/page.js';
import { searchable } from '../store/search.js';
import wordsOfStatuses from './status-words.json' with { type: 'json' };

const day = 24 * 60 * 60 * 1000;

/** Before the end of a key, where the policy does not say how long: as long as the first mail about it. */
const defaultWarnDays = 30;

/** The names of each status in the list, in every language, and the contract's own name. */
const statusByWord = new Map<string, ApiKeyStatusFilter>(
  apiKeyStatusFilters.flatMap((status) =>
    [status, ...wordsOfStatuses[status]].map((word) => [searchable(word), status] as const),
  ),
);

/** A request for a page of keys, with what the status that it names means now. */
export const withStatus = (
  request: PageRequest,
  status: ApiKeyStatusFilter | undefined,
  policy: Pick<ApiKeysPolicy, 'warnDaysBeforeExpiry'> | null,
  now: number,
): ApiKeyPageRequest => ({
  ...request,
  filter: {
    status,
    statusInWords: statusByWord.get(searchable(request.q.trim())),
    now,
    expiringUntil: now + (policy?.warnDaysBeforeExpiry ?? defaultWarnDays) * day,
  },
});
