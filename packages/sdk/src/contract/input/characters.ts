/**
 * Tests for invisible characters. The text may be a secret, and engines keep the last text that a regular expression
 * ran on: so each expression here runs on one character at a time.
 */

/** Unicode's White_Space, and the empty Braille pattern. */
export const isWhiteSpace = (character: string): boolean => /[\p{White_Space}\u2800]/u.test(character);

/** A control character, or one that Unicode calls default-ignorable: nothing is drawn for it, not even a space. */
export const isInvisible = (character: string): boolean =>
  // Most characters of a credential are printable ASCII, and each request has one: no expression runs for these.
  (character < '!' || character > '~') &&
  /(?!\p{White_Space})[\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(character);

const isVisible = (character: string): boolean => !isWhiteSpace(character) && !isInvisible(character);

/** The longest credential or address that is parsed; a longer one is refused for its length. */
export const longestInput = 4000;

/** The longest text of a person: enough for 500 characters, each of several code units before they are composed. */
export const longestText = 2000;

/**
 * The text without white space and invisible characters at its ends, as they are copied along: a line end, a byte
 * order mark, a no-break or zero-width space. A copy: a slice would keep the whole text in memory.
 */
export const trimEdges = (text: string): string => {
  if (text.length > longestInput) return text;
  const characters = [...text];
  let end = characters.length;
  while (end > 0 && !isVisible(characters[end - 1] ?? '')) end -= 1;
  return characters.slice(characters.findIndex(isVisible), end).join('');
};
