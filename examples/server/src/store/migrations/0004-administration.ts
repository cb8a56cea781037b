import { type Kysely, sql } from 'kysely';

interface Person {
  id: string;
  login_name: string;
  first_name: string;
  last_name: string;
  email: string;
  name_order: string;
}

// The rules for the order of names as they were at this migration.

const hasVisible = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

const bidiControls = '\\u202A-\\u202E\\u2066-\\u2069';

const joining = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Adlm', 'Rohg', 'Phag']
  .concat('Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt')
  .concat('Java', 'Bali', 'Sund', 'Newa', 'Tirh', 'Gran', 'Cakm')
  .map((script) => `\\p{Script=${script}}`)
  .join('');

const needed = [
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}',
  '(?<=\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\uFE0F?)\\u200D(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Extended_Pictographic}|[0-9#*](?=\\uFE0F\\u20E3))[\\uFE0E\\uFE0F]',
  `(?<=(?=[${joining}])[\\p{L}\\p{M}])[\\u200C\\u200D](?=(?=[${joining}])[\\p{L}\\p{M}])`,
  '(?<=[\\u0647\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA])\\u200D',
  '(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
  '(?<=\\p{Script=Mong})[\\u180B-\\u180F]',
].join('|');

const ignorable = new RegExp(
  `(${needed})|(?![${bidiControls}])[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB]`,
  'gu',
);

const edges = /^[\s\u0085\u2800]+|(?<![\s\u0085\u2800])[\s\u0085\u2800]+$/gu;

const visibleText = (text: string): string =>
  text.length > 2000
    ? text
    : text
        .replace(ignorable, (_, kept: string | undefined) => kept ?? '')
        .replace(edges, '')
        .normalize('NFC');

const searchable = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{Mn}\0]/gu, '')
    .toLowerCase();

/** Columns and indexes for the administrator's list of everybody's keys and for the activity list. */
export const administration = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  const addText = (table: string, column: string, isNullable = false) =>
    db.schema
      .alterTable(table)
      .addColumn(column, text, (c) => (isNullable ? c : c.notNull().defaultTo('')))
      .execute();
  await addText('person', 'name_order');
  for (const { id, first, last, login, email } of await db
    .withTables<{ person: Person }>()
    .selectFrom('person')
    .select(['id', 'first_name as first', 'last_name as last', 'login_name as login', 'email'])
    .execute()) {
    const name = [`${first} ${last}`, login, email].map(visibleText).find((text) => hasVisible.test(text)) ?? id;
    await db
      .withTables<{ person: Person }>()
      .updateTable('person')
      .set({ name_order: searchable(name) })
      .where('id', '=', id)
      .execute();
  }

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
};
