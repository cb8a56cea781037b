import type { ProviderToken } from '@ai-cockpit/sdk/contract';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PageRequest } from './page.js';
import { contains } from './search.js';

export interface ProviderTokenPageRequest extends PageRequest {
  /** The status that the words are a name of. */
  statusInWords?: ProviderToken['status'] | undefined;
  now: number;
}

/** A token that has ended has expired, whatever its last check said. */
const hasStatus = (status: ProviderToken['status'], now: number): RawBuilder<SqlBool> =>
  status === 'expired'
    ? sql<SqlBool>`(status = 'expired' or expires_at <= ${now})`
    : sql<SqlBool>`(status = ${status} and (expires_at is null or expires_at > ${now}))`;

/** The condition for tokens to be listed; `undefined` where all are. */
export const listedTokens = ({
  q,
  statusInWords,
  now,
}: Pick<ProviderTokenPageRequest, 'q' | 'statusInWords' | 'now'>): RawBuilder<SqlBool> | undefined => {
  if (!q) return undefined;
  return statusInWords ? sql<SqlBool>`(${contains(q)} or ${hasStatus(statusInWords, now)})` : contains(q);
};
