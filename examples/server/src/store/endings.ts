import type { OwnerKind } from '@ai-cockpit/sdk/contract';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { OwnerRef } from './owners.js';
import type { Tables } from './tables.js';

/** A key or token that ends. */
export interface Ending {
  id: string;
  owner: OwnerRef;
  expiresAt: number;
}

/** Keys or tokens that end after this one and until then: the first to end first, at most so many. */
export const endingsAfter = async <TB extends 'apiKey' | 'providerToken'>(
  query: SelectQueryBuilder<Tables, TB, object>,
  { expiresAt, id }: Pick<Ending, 'expiresAt' | 'id'>,
  until: number,
  limit: number,
): Promise<Ending[]> => {
  const rows = await query
    .select([
      sql<string>`id`.as('id'),
      sql<OwnerKind>`owner_kind`.as('ownerKind'),
      sql<string>`owner_id`.as('ownerId'),
      sql<number>`expires_at`.as('expiresAt'),
    ])
    .where(sql<boolean>`(expires_at, id) > (${expiresAt}, ${id})`)
    .where(sql<boolean>`expires_at <= ${until}`)
    .orderBy(sql`expires_at`)
    .orderBy(sql`id`)
    .limit(limit)
    .execute();
  return rows.map(({ ownerKind, ownerId, ...row }) => ({ ...row, owner: { kind: ownerKind, id: ownerId } }));
};
