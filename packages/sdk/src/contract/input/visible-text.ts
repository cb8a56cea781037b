import { longestText } from './characters.js';

/** Characters that override the direction of text. Text with one of them is refused, so none is removed silently. */
const bidiControls = '\\u202A-\\u202E\\u2066-\\u2069';

/** Scripts in which a joiner changes how the letters beside it are drawn. */
const joining = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Adlm', 'Rohg', 'Phag']
  .concat('Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt')
  .concat('Java', 'Bali', 'Sund', 'Newa', 'Tirh', 'Gran', 'Cakm')
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/** A flag of a region; a joiner between what it joins; a selector directly after what it selects a form of. */
const needed = [
  '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}',
  '(?<=\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\uFE0F?)\\u200D(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Extended_Pictographic}|[0-9#*](?=\\uFE0F\\u20E3))[\\uFE0E\\uFE0F]',
  `(?<=(?=[${joining}])[\\p{L}\\p{M}])[\\u200C\\u200D](?=(?=[${joining}])[\\p{L}\\p{M}])`,
  // At the end of a word too: an Indic letter without its vowel, as in Malayalam names; an abbreviation in Persian.
  '(?<=[\\u0647\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA])\\u200D',
  '(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
  '(?<=\\p{Script=Mong})[\\u180B-\\u180F]',
].join('|');

const ignorable = new RegExp(
  `(${needed})|(?![${bidiControls}])[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB]`,
  'gu',
);

// Looks behind, so that a run of spaces inside the text is tried once and not from each of its characters.
const edges = /^[\s\u0085\u2800]+|(?<![\s\u0085\u2800])[\s\u0085\u2800]+$/gu;

/**
 * Returns a text as it is stored: NFC, without characters that show nothing and without white space at its ends.
 * Emoji sequences, and joiners between letters of scripts that need them, stay. A text longer than `longestText` is
 * left as it is: the time that NFC takes grows with the square of the marks on one letter.
 */
export const visibleText = (text: string): string =>
  text.length > longestText
    ? text
    : text
        .replace(ignorable, (_, kept: string | undefined) => kept ?? '')
        .replace(edges, '')
        .normalize('NFC');
