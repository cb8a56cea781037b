import type { ApiKeyStatusFilter } from '@ai-cockpit/sdk/contract';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PageRequest } from './page.js';
import { contains, containsLetters, searchable } from './search.js';

/** What a list of keys is narrowed to, beside the words that are searched for. */
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
 * Whether the words are in what is shown of a value: in the characters after the ellipsis, or anywhere where they have an
 * ellipsis themselves. A prefix alone, which all values share, finds nothing; nor does a single character.
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
