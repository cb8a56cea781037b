import type { ApiKeyStatusFilter } from '@ai-cockpit/sdk/contract';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PageRequest } from './page.js';
import { contains, containsLetters, searchable } from './search.js';

/** The filters of a list of keys, beside the search. */
export interface ApiKeyFilter {
  status?: ApiKeyStatusFilter | undefined;
  /** The status that the words are a name of. */
  statusInWords?: ApiKeyStatusFilter | undefined;
  now: number;
  /** An active key that ends before then is expiring. */
  expiringUntil: number;
}

export interface ApiKeyPageRequest extends PageRequest {
  filter?: ApiKeyFilter;
}

/** Where a search looks besides a key's own texts. */
interface Owners {
  name: RawBuilder<string>;
  /** In lower case. */
  email: RawBuilder<string>;
}

const hasStatus = (status: ApiKeyStatusFilter, { now, expiringUntil }: ApiKeyFilter): RawBuilder<SqlBool> =>
  ({
    active: sql<SqlBool>`(revoked_at is null and (expires_at is null or expires_at > ${now}))`,
    expiring: sql<SqlBool>`(revoked_at is null and expires_at > ${now} and expires_at < ${expiringUntil})`,
    expired: sql<SqlBool>`(revoked_at is null and expires_at <= ${now})`,
    revoked: sql<SqlBool>`(revoked_at is not null)`,
    unused: sql<SqlBool>`(last_used_at is null)`,
  })[status];

/**
 * Whether a masked value contains the search text: in the characters after the ellipsis, or anywhere if the text has an
 * ellipsis itself. The prefix alone, which all values share, finds nothing, and neither does a single character.
 */
const isInMask = (q: string): RawBuilder<SqlBool> => {
  const words = searchable(q);
  if (words.length < 2) return sql<SqlBool>`false`;
  const mask = sql<string>`replace(lower(masked_value), '…', '...')`;
  return words.includes('...') ? contains(words, mask) : contains(words, mask, '...');
};

/** The condition for keys to be listed; `undefined` where all are. */
export const listedKeys = (
  { q, filter }: Pick<ApiKeyPageRequest, 'q' | 'filter'>,
  owners?: Owners,
): RawBuilder<SqlBool> | undefined => {
  const found = q
    ? [
        contains(q),
        isInMask(q),
        ...(filter?.statusInWords ? [hasStatus(filter.statusInWords, filter)] : []),
        ...(owners ? [contains(q, owners.name), contains(q, owners.email), containsLetters(q, owners.email)] : []),
      ]
    : [];
  const conditions = [
    ...(found.length > 0 ? [sql<SqlBool>`(${sql.join(found, sql` or `)})`] : []),
    ...(filter?.status ? [hasStatus(filter.status, filter)] : []),
  ];
  return conditions.length > 0 ? sql<SqlBool>`${sql.join(conditions, sql` and `)}` : undefined;
};
