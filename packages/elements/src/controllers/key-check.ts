const ranges = ['az', 'AZ', '09'].map(([first = '', last = '']) => [first, last] as const);

const hasAllKinds = (word: string): boolean =>
  ranges.every(([first, last]) => [...word].some((character) => character >= first && character <= last));

/**
 * Whether a text holds what looks like a token or key: a long word with letters of both cases and digits, and no
 * address. Without a regular expression: engines keep the last text that one was run on.
 */
export const looksLikeKey = (text: string): boolean =>
  text
    .split(' ')
    .some((word) => word.length >= 32 && !word.includes('@') && !word.includes('://') && hasAllKinds(word));
