import type { Messages } from '../../src/locales/localizer.js';
import { english } from '../english.js';

/** Every text of the catalogue between brackets, as a host's wording: what stands in none comes from elsewhere. */
export const markedEnglish: Messages = {
  en: Object.fromEntries(Object.entries(english).map(([id, text]) => [id, `⟦${text}⟧`])),
};

/** The rest of a text without its marked parts. */
export const withoutMarked = (text: string): string => {
  const left = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return left === text ? left.trim() : withoutMarked(left);
};
