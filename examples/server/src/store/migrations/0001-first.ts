import { type Kysely, sql } from 'kysely';

export const first = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  const bytes = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const owner = sql`owner_kind in ('user', 'organization')`;
  await db.schema
    .createTable('person')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('login_name', text, (c) => c.notNull())
    .addColumn('first_name', text, (c) => c.notNull())
    .addColumn('last_name', text, (c) => c.notNull())
    .addColumn('email', text, (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('removed_at', 'bigint')
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('organization')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('name', text, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('membership')
    .addColumn('organization_id', text, (c) => c.notNull().references('organization.id').onDelete('cascade'))
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('membership_key', ['user_id', 'organization_id'])
    .addCheckConstraint('membership_role', sql`role in ('administrator', 'manager', 'member', 'viewer')`)
    .execute();
  await db.schema
    .createTable('owner')
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('id', text, (c) => c.notNull())
    .addColumn('changes', 'bigint', (c) => c.notNull())
    .addColumn('data_key_id', text)
    .addColumn('data_key', bytes)
    .addColumn('wrapped_by', text)
    .addPrimaryKeyConstraint('owner_key', ['kind', 'id'])
    .execute();
  await db.schema
    .createTable('provider_token')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('owner_kind', text, (c) => c.notNull())
    .addColumn('owner_id', text, (c) => c.notNull())
    .addColumn('provider', text, (c) => c.notNull())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('code', text)
    .addColumn('description', text, (c) => c.notNull())
    .addColumn('search', text, (c) => c.notNull())
    .addColumn('name_order', text, (c) => c.notNull())
    .addColumn('field_values', text, (c) => c.notNull())
    .addColumn('secret', bytes, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('checked_at', 'bigint')
    .addColumn('expires_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addCheckConstraint('provider_token_owner', owner)
    .execute();
  await db.schema
    .createIndex('provider_token_page')
    .on('provider_token')
    .columns(['owner_kind', 'owner_id', 'created_at', 'id'])
    .execute();
  await db.schema
    .createIndex('provider_token_code')
    .unique()
    .on('provider_token')
    .columns(['owner_kind', 'owner_id', 'code'])
    .where(sql.ref('code'), 'is not', null)
    .execute();
  await db.schema
    .createTable('api_key')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('owner_kind', text, (c) => c.notNull())
    .addColumn('owner_id', text, (c) => c.notNull())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('description', text, (c) => c.notNull())
    .addColumn('search', text, (c) => c.notNull())
    .addColumn('name_order', text, (c) => c.notNull())
    .addColumn('module', text)
    .addColumn('hash', text, (c) => c.notNull())
    .addColumn('masked_value', text, (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('created_by_name', text, (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('expires_on', text)
    .addColumn('last_used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('revocation_reason', text)
    .addColumn('rotated_from', text)
    .addColumn('rotated_to', text)
    .addColumn('version', 'integer', (c) => c.notNull())
    .addCheckConstraint('api_key_owner', owner)
    .execute();
  await db.schema
    .createIndex('api_key_page')
    .on('api_key')
    .columns(['owner_kind', 'owner_id', 'created_at', 'id'])
    .execute();
  await db.schema
    .createTable('minting')
    .addColumn('tag', text, (c) => c.primaryKey())
    .addColumn('api_key_id', text, (c) => c.notNull())
    .addColumn('fingerprint', text, (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('remains', text)
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('minting_api_key').on('minting').column('api_key_id').execute();
  await db.schema.createIndex('minting_age').on('minting').column('created_at').execute();
  await db.schema
    .createTable('activity')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('action', text, (c) => c.notNull())
    .addColumn('outcome', text, (c) => c.notNull())
    .addColumn('actor_kind', text, (c) => c.notNull())
    .addColumn('actor_id', text)
    .addColumn('actor_name', text)
    .addColumn('owner_kind', text)
    .addColumn('owner_id', text)
    .addColumn('subject_id', text)
    .addColumn('detail', text, (c) => c.notNull())
    .addColumn('source', text, (c) => c.notNull())
    .addColumn('request_id', text, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('activity_page').on('activity').columns(['owner_kind', 'owner_id', 'at', 'id']).execute();
};
