/**
 * Which characters cannot be seen. Code points are compared one by one, without a regular expression: engines keep the
 * last text that one ran over, and the text may be a secret.
 */

/** First and last code points of Unicode's Default_Ignorable_Code_Point. */
const ignorableRanges = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfff8],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
] as const;

/** A control character, or one that Unicode calls default-ignorable: nothing is drawn for it, not even a space. */
export const isInvisible = (code: number): boolean =>
  (code < 0x20 && (code < 9 || code > 13)) ||
  (code >= 0x7f && code < 0xa0 && code !== 0x85) ||
  ignorableRanges.some(([first, last]) => code >= first && code <= last);

/** Unicode's White_Space, and the empty Braille pattern. */
export const isWhiteSpace = (code: number): boolean =>
  (code >= 9 && code <= 13) ||
  (code >= 0x2000 && code <= 0x200a) ||
  [0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x2800, 0x3000].includes(code);

/** The longest credential or address that is looked into; a longer one is refused for its length. */
export const longestInput = 4000;

/** The same for what people write: enough for 500 characters, each of several code units before they are composed. */
export const longestText = 2000;

export const codePointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

/**
 * The text without white space and invisible characters at its ends, as they are copied along: a line end, a byte
 * order mark, a no-break or zero-width space. A copy: a slice would keep the whole text in memory.
 */
export const trimEdges = (text: string): string => {
  if (text.length > longestInput) return text;
  const codes = codePointsOf(text);
  const isSeen = (code: number) => !isWhiteSpace(code) && !isInvisible(code);
  const first = codes.findIndex(isSeen);
  const end = codes.length - [...codes].reverse().findIndex(isSeen);
  return first < 0 ? '' : String.fromCodePoint(...codes.slice(first, end));
};
