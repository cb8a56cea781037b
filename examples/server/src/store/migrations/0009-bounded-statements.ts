import { type Kysely, sql } from 'kysely';

/** Indexes by which no statement looks at many rows that it has no use for. */
export const boundedStatements = async (db: Kysely<unknown>): Promise<void> => {
  const index = (name: string, table: string, columns: string[]) =>
    db.schema.createIndex(name).on(table).columns(columns);
  // Active keys, expired ones, revoked ones: an order that does not go by the clock.
  await db.schema
    .createIndex('api_key_all_by_status')
    .on('api_key')
    .expression(
      sql`(case when revoked_at is not null then 8640000000000002 else -coalesce(expires_at, 8640000000000001) end)`,
    )
    .column('id')
    .execute();
  await index('api_key_ending', 'api_key', ['expires_at', 'id'])
    .where(sql.ref('expires_at'), 'is not', null)
    .where(sql.ref('revoked_at'), 'is', null)
    .where(sql.ref('rotated_to'), 'is', null)
    .execute();
  await index('provider_token_ending', 'provider_token', ['expires_at', 'id'])
    .where(sql.ref('expires_at'), 'is not', null)
    .execute();
  const ofOwner = ['owner_kind', 'owner_id'];
  await index('provider_token_by_name', 'provider_token', [...ofOwner, 'name_order', 'id']).execute();
  await index('provider_token_by_updated_at', 'provider_token', [...ofOwner, 'updated_at', 'id']).execute();
  await index('membership_of_organization', 'membership', ['organization_id', 'user_id']).execute();
  await index('owner_wrapped_by', 'owner', ['wrapped_by', 'kind', 'id']).execute();
  await index('minting_sealed', 'minting', ['created_at']).where(sql.ref('sealed'), 'is not', null).execute();
  await db.schema
    .createIndex('mail_waiting')
    .on('mail')
    .column('created_at')
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute();
};
