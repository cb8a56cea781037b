import { type Kysely, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import type { Logger } from '../ports/logger.js';
import { displayName } from './people.js';
import { searchable } from './search.js';
import type { Tables } from './tables.js';

export type Dialect = 'sqlite' | 'postgres';

/**
 * A migration only adds: tables, indexes, and columns that may be empty or have a default. So the version before works on
 * the database beside the new one, and after it. What nothing uses any more may go one release later.
 */
export const migrations = (dialect: Dialect): Record<string, Migration> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  const bytes = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const owner = sql`owner_kind in ('user', 'organization')`;

  return {
    '0001_first': {
      async up(db: Kysely<unknown>) {
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
        await db.schema
          .createIndex('activity_page')
          .on('activity')
          .columns(['owner_kind', 'owner_id', 'at', 'id'])
          .execute();
      },
    },
    '0002_sorted_api_keys': {
      /** One for each order in which a page of many keys is asked for. */
      async up(db: Kysely<unknown>) {
        const ofOwner = (name: string) =>
          db.schema.createIndex(`api_key_by_${name}`).on('api_key').columns(['owner_kind', 'owner_id']);
        await ofOwner('name').columns(['name_order', 'id']).execute();
        for (const column of ['expires_at', 'last_used_at']) {
          // As pages are sorted: keys without such an instant come last in both directions.
          const ascending = sql`coalesce(${sql.ref(column)}, 8640000000000001)`;
          const descending = sql`coalesce(${sql.ref(column)}, -8640000000000001)`;
          await ofOwner(`${column}_asc`).expression(ascending).column('id').execute();
          await ofOwner(`${column}_desc`).expression(descending).column('id').execute();
        }
      },
    },
    '0003_avatars': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('person').addColumn('avatar_version', 'integer').execute();
        await db.schema
          .createTable('avatar')
          .addColumn('person_id', text, (c) => c.primaryKey().references('person.id').onDelete('cascade'))
          .addColumn('media_type', text, (c) => c.notNull())
          .addColumn('bytes', bytes, (c) => c.notNull())
          .execute();
      },
    },
    '0004_administration': {
      /** Columns and indexes for the administrator's list of everybody's keys and for the activity list. */
      async up(db: Kysely<Tables>) {
        const addText = (table: string, column: string, isNullable = false) =>
          db.schema
            .alterTable(table)
            .addColumn(column, text, (c) => (isNullable ? c : c.notNull().defaultTo('')))
            .execute();
        await addText('person', 'name_order');
        for (const person of await db
          .selectFrom('person')
          .select(['id', 'firstName', 'lastName', 'loginName', 'email'])
          .execute())
          await db
            .updateTable('person')
            .set({ nameOrder: searchable(displayName(person)) })
            .where('id', '=', person.id)
            .execute();

        const ofAll = (name: string) => db.schema.createIndex(`api_key_all_by_${name}`).on('api_key');
        await ofAll('created_at').columns(['created_at', 'id']).execute();
        await ofAll('name').columns(['name_order', 'id']).execute();
        for (const column of ['expires_at', 'last_used_at'])
          for (const [direction, never] of [
            ['asc', 8_640_000_000_000_001],
            ['desc', -8_640_000_000_000_001],
          ] as const)
            await ofAll(`${column}_${direction}`)
              .expression(sql`coalesce(${sql.ref(column)}, ${sql.lit(never)})`)
              .column('id')
              .execute();

        await addText('activity', 'subject_name', true);
        await addText('activity', 'search');
        await db.schema
          .createIndex('activity_of_actor')
          .on('activity')
          .columns(['actor_kind', 'actor_id', 'at', 'id'])
          .execute();
      },
    },
    '0005_notifications': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('notification_settings')
          .addColumn('user_id', text, (c) => c.primaryKey())
          .addColumn('email', text)
          .addColumn('enabled', 'integer', (c) => c.notNull())
          .addColumn('declined', text, (c) => c.notNull())
          .addColumn('locale', text, (c) => c.notNull())
          .addColumn('version', 'integer', (c) => c.notNull())
          .addCheckConstraint('notification_settings_enabled', sql`enabled in (0, 1)`)
          .execute();
        await db.schema
          .createTable('published_event')
          .addColumn('id', text, (c) => c.primaryKey())
          .addColumn('at', 'bigint', (c) => c.notNull())
          .execute();
        await db.schema.createIndex('published_event_age').on('published_event').column('at').execute();
        await db.schema
          .createTable('mail')
          .addColumn('id', text, (c) => c.primaryKey())
          .addColumn('message_id', text, (c) => c.notNull())
          .addColumn('occasion', text, (c) => c.notNull())
          .addColumn('user_id', text, (c) => c.notNull())
          .addColumn('contents', text, (c) => c.notNull())
          .addColumn('state', text, (c) => c.notNull())
          .addColumn('attempts', 'integer', (c) => c.notNull())
          .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
          .addColumn('created_at', 'bigint', (c) => c.notNull())
          .addColumn('settled_at', 'bigint')
          .addUniqueConstraint('mail_once', ['occasion', 'user_id'])
          .addCheckConstraint('mail_state', sql`state in ('waiting', 'sent', 'refused', 'unwanted')`)
          .execute();
        await db.schema.createIndex('mail_due').on('mail').columns(['state', 'next_attempt_at', 'id']).execute();
        await db.schema.createIndex('mail_settled').on('mail').column('settled_at').execute();
      },
    },
    '0006_shared_limits': {
      /** The counters of rate-limiter-flexible. Unlogged: a crash may empty the table, which costs nothing. */
      async up(db: Kysely<unknown>) {
        if (dialect === 'sqlite') return;
        await db.schema
          .createTable('rate_limit')
          .modifyFront(sql`unlogged`)
          .addColumn('key', text, (c) => c.primaryKey())
          .addColumn('points', 'integer', (c) => c.notNull())
          .addColumn('expire', 'bigint')
          .execute();
        await db.schema.createIndex('rate_limit_age').on('rate_limit').column('expire').execute();
      },
    },
    '0007_bounded_activity': {
      /** Repeated refusals are counted in one row; what is too old is found by its age. */
      async up(db: Kysely<unknown>) {
        await db.schema
          .alterTable('activity')
          .addColumn('count', 'bigint', (c) => c.notNull().defaultTo(1))
          .execute();
        await db.schema.alterTable('activity').addColumn('last_at', 'bigint').execute();
        await db.schema.alterTable('activity').addColumn('repeat_key', text).execute();
        await db.schema.createIndex('activity_repeat').unique().on('activity').column('repeat_key').execute();
        // An expression, which only the clean-up has in its query: PostgreSQL would read lists along an index on `at`.
        await db.schema.createIndex('activity_age').on('activity').expression(sql`coalesce(at, 0)`).execute();
        for (const column of ['revoked_at', 'expires_at'])
          await db.schema
            .createIndex(`api_key_ended_${column}`)
            .on('api_key')
            .column(column)
            .where(sql.ref(column), 'is not', null)
            .execute();
      },
    },
    '0008_claims': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('person').addColumn('claims_at', 'bigint').execute();
      },
    },
    '0009_bounded_statements': {
      /** Indexes by which no statement looks at many rows that it has no use for. */
      async up(db: Kysely<unknown>) {
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
      },
    },
    '0010_last_used_from': {
      async up(db: Kysely<unknown>) {
        for (const column of ['last_used_address', 'last_used_product'])
          await db.schema.alterTable('api_key').addColumn(column, text).execute();
      },
    },
    '0011_time_zone': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('notification_settings').addColumn('time_zone', text).execute();
      },
    },
  };
};

/** The names of migrations that a newer version has made here, and this one does not know. */
const newerMigrations = async (
  db: Kysely<Tables>,
  dialect: Dialect,
  known: readonly string[],
  schema: string | undefined,
): Promise<string[]> => {
  const found = await (dialect === 'postgres'
    ? sql`select 1 from pg_tables where schemaname = ${schema ?? 'public'} and tablename = ${DEFAULT_MIGRATION_TABLE}`
    : sql`select 1 from sqlite_schema where name = ${DEFAULT_MIGRATION_TABLE}`
  ).execute(db);
  if (found.rows.length === 0) return [];
  const table = sql.table(schema ? `${schema}.${DEFAULT_MIGRATION_TABLE}` : DEFAULT_MIGRATION_TABLE);
  const { rows } = await sql<{ name: string }>`select name from ${table}`.execute(db);
  const newest = [...known].sort().at(-1) ?? '';
  return rows.map(({ name }) => name).filter((name) => name > newest);
};

/**
 * Brings the database to the newest shape. On PostgreSQL the caller gives a transaction that holds a lock. Without the name
 * of its schema, what has been done in another schema of the same database is taken for done in this one.
 */
export const migrate = async (db: Kysely<Tables>, dialect: Dialect, logger: Logger, schema?: string): Promise<void> => {
  const known = migrations(dialect);
  const newer = await newerMigrations(db, dialect, Object.keys(known), schema);
  // Kysely refuses a database with a migration that it cannot name: an older version could not start again.
  const nothing: Migration = { up: () => Promise.resolve() };
  const all = { ...known, ...Object.fromEntries(newer.map((name) => [name, nothing])) };
  const provider = { getMigrations: () => Promise.resolve(all) };
  const migrator = new Migrator({ db, provider, ...(schema && { migrationTableSchema: schema }) });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('The database could not be migrated');
  if (newer.length > 0)
    logger.warn({ migrations: newer }, 'a newer version has migrated the database: this one works without what is new');
};
