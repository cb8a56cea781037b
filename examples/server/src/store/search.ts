import { type RawBuilder, sql } from 'kysely';

/** One form for all that reads the same: letter case and accents aside. */
export const searchable = (...texts: (string | null)[]): string =>
  texts
    .filter((text) => text)
    .join('\n')
    .normalize('NFKD')
    .replace(/[\p{Mn}\0]/gu, '')
    .toLowerCase();

const like = (text: RawBuilder<string>, words: string, after = '') =>
  sql<boolean>`${text} like ${`%${after}%${words.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;

/** Whether a text has the words somewhere, or somewhere after another text: the column `search`, unless it is said which. */
export const contains = (words: string, text: RawBuilder<string> = sql`search`, after = '') =>
  like(text, searchable(words), after);

/** The same for a text that still has its accents, in lower case. */
export const containsLetters = (words: string, text: RawBuilder<string>) =>
  like(text, words.normalize('NFC').toLowerCase());
