import { visibleText } from './input/visible-text.js';

interface PersonNames {
  readonly firstName: string;
  readonly lastName: string;
}

/** Two names in Chinese characters, kana and Hangul, not in katakana alone, which writes the names of foreigners. */
const nativeEastAsian =
  /^(?=.*[\p{Script=Han}\p{Script=Hira}\p{Script=Hangul}])([\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hangul}]+(?: |$)){2}$/u;

/** Languages of Latin letters in which people write the family name first. */
const familyNameFirst = /^(hu|vi)\b/;

/**
 * A person's names in the order of CLDR: the family name first, without a space, where both are in Chinese, Japanese
 * or Korean characters, whoever reads them; and with one for readers of Hungarian or Vietnamese.
 */
export const fullName = ({ firstName, lastName }: PersonNames, locale = ''): string => {
  const names = [firstName, lastName].map(visibleText);
  const isNative = nativeEastAsian.test(names.join(' '));
  if (isNative || familyNameFirst.test(locale)) names.reverse();
  return names.join(isNative ? '' : ' ').trim();
};
