import type { Catalogue } from './localizer.js';

/** English comes with each element; every other language is a file in the place that this module came from. */
const sources = {
  en: () => Promise.resolve({ default: {} }),
  'pt-BR': () => import('./pt-BR.js'),
  es: () => import('./es.js'),
  ja: () => import('./ja.js'),
};
export type Language = keyof typeof sources;

const catalogues = new Map<Language, Catalogue>([['en', {}]]);
const attempts = new Map<Language, Promise<unknown>>();

/** `pt_br` → `pt-BR`; nothing where it is no BCP 47 tag, as an empty `lang` and the "C" of some systems are not. */
export const canonicalTag = (tag?: string): string | undefined => {
  // Most elements are told none: an exception for each would take longer than all else here.
  if (!tag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
};

/** `pt-BR` → `pt`. */
export const primaryOf = (tag: string): string => tag.replace(/-.*/, '');

/** What is spoken to who asks for that tag: `pt` and `pt-PT` → `pt-BR`, `es-MX` → `es`, `fr` → nothing of ours. */
export const languageFor = (tag: string): Language | undefined =>
  (Object.keys(sources) as Language[]).find((language) => primaryOf(language) === primaryOf(tag));

/** Where the texts for that tag stand, those to prefer last: `es-MX` → `es`, `es`, `es-MX`. */
export const tagsFor = (tag: string): readonly string[] => [languageFor(tag) ?? 'en', primaryOf(tag), tag];

/** The texts in that language of what has some in several, by id. */
export const textsIn = (messages: Readonly<Record<string, Catalogue>> | undefined, tag: string): Catalogue =>
  Object.assign({}, ...tagsFor(tag).map((it) => messages?.[it])) as Catalogue;

/** The translations of a language, once loaded. */
export const catalogueOf = (language: Language): Catalogue | undefined => catalogues.get(language);

/** All who ask share one attempt, until it is given up. */
export const loadLanguage = (language: Language): Promise<unknown> => {
  const attempt =
    attempts.get(language) ?? sources[language]().then(({ default: catalogue }) => catalogues.set(language, catalogue));
  attempts.set(language, attempt);
  return attempt;
};

/** After a failure: the next who asks tries again. Of those who shared the attempt, the first is told that it was. */
export const giveUpLanguage = (language: Language, attempt: Promise<unknown>): boolean =>
  attempts.get(language) === attempt && attempts.delete(language);
