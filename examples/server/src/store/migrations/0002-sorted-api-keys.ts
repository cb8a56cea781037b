import { type Kysely, sql } from 'kysely';

/** One for each order in which a page of many keys is asked for. */
export const sortedApiKeys = async (db: Kysely<unknown>): Promise<void> => {
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
};
