import type { ApiKeysPolicy, ApiKeyStatusFilter } from '@ai-cockpit/sdk/contract';
import type { ApiKeyPageRequest } from '../store/api-key-filter.js';
import type { PageRequest } from '../store/page.js';
import { keyStatusIn } from './status-words.js';

const day = 24 * 60 * 60 * 1000;

/** Before the end of a key, where the policy does not say how long: as long as the first mail about it. */
const defaultWarnDays = 30;

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
    statusInWords: keyStatusIn(request.q),
    now,
    expiringUntil: now + (policy?.warnDaysBeforeExpiry ?? defaultWarnDays) * day,
  },
});
