import { sql } from 'kysely';

/** One form for all that reads the same: letter case and accents aside. */
export const searchable = (...texts: (string | null)[]): string =>
  texts
    .filter((text) => text)
    .join('\n')
    .normalize('NFKD')
    .replace(/[\p{Mn}\0]/gu, '')
    .toLowerCase();

/** Whether the column `search` has the words somewhere. */
export const contains = (words: string) => {
  const pattern = `%${searchable(words).replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`search like ${pattern} escape '\\'`;
};
