/** A name, and the names of which it would have to be one. */
export interface UnknownName {
  name: string;
  allowed: readonly string[];
}

/**
 * `idle`: the value has no effect. An override that removes something leaves such values behind for its roles: no
 * keys, but a section of keys. They are reported only where the override itself sets them.
 */
export type Report = (path: string, reason: string, more?: 'idle' | UnknownName) => void;

/** A value as it is written in the policy. */
export const showFound = (value: unknown): string => `; found ${JSON.stringify(value)}`;

export const formatList = (values: readonly (string | number)[]): string =>
  new Intl.ListFormat('en').format(values.map(String));

export const isWholeFrom = (least: number, value: number): boolean => Number.isInteger(value) && value >= least;

export const reportDuplicates = (path: string, values: readonly (string | number)[], report: Report): void => {
  for (const [index, value] of values.entries())
    if (values.indexOf(value) !== index) report(`${path}.${index}`, `${value} is named twice: name it once`);
};

const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

export const reportLanguageTags = (locales: readonly string[], report: Report): void => {
  for (const locale of locales)
    if (!isLanguageTag(locale))
      report(locale, 'is not a language tag, as en or pt-BR', {
        name: locale,
        allowed: [locale.replaceAll('_', '-')].filter(isLanguageTag),
      });
};
