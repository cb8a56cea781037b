import { DatabaseSync } from 'node:sqlite';

/**
 * Puts so many keys of Acme into the data of a started server, past its API: minting each would take minutes. Each is
 * a copy of one key but for its names and instants.
 */
export const addManyKeys = (dataDir: string, count: number): void => {
  const database = new DatabaseSync(`${dataDir}/ai-cockpit-one.sqlite`);
  const columns = database
    .prepare('select name from pragma_table_info(?)')
    .all('api_key')
    .map(({ name }) => String(name));
  const own: Record<string, string> = {
    id: `printf('many%08d', n)`,
    description: `printf('%s for %s, number %d', work, place, n)`,
    search: `lower(printf('%s for %s, number %d', work, place, n))`,
    created_at: `created_at - n * 60000`,
    expires_at: `case n % 3 when 0 then null else created_at + n * 86400000 end`,
    last_used_at: `case n % 5 when 0 then null else created_at - n * 1000 end`,
  };
  database.exec(`
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count}),
      texts as (
        select n,
          json_extract('["import","export","report","backup","deployment","synchronisation","review","alert"]', '$[' || (n % 8) || ']') as work,
          json_extract('["Lisbon","Osaka","Austin","Nairobi","Zagreb"]', '$[' || (n % 5) || ']') as place
        from numbers
      ),
      one as (select * from api_key where owner_kind = 'organization' and owner_id = 'acme' limit 1)
    insert into api_key (${columns.join(', ')})
    select ${columns.map((column) => own[column] ?? `one.${column}`).join(', ')} from texts, one
  `);
  database.close();
};
