import { type RawBuilder, sql } from 'kysely';

/** One form for all that reads the same: letter case and accents aside. */
export const searchable = (...texts: (string | null)[]): string =>
  texts
    .filter((text) => text)
    .join('\n')
    .normalize('NFKD')
    .replace(/[\p{Mn}\0]/gu, '')
    .toLowerCase();

/** Whether a text has the words somewhere: the column `search`, unless it is said which. */
export const contains = (words: string, text: RawBuilder<string> = sql`search`) => {
  const pattern = `%${searchable(words).replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`${text} like ${pattern} escape '\\'`;
};
