import { searchable } from '../store/search.js';
import words from './status-words.json' with { type: 'json' };

/** Finds the status that a text is the name of: in the list in any language, or in the contract. */
const statusFinder = <Status extends string>(wordsOf: Record<Status, readonly string[]>) => {
  // The cast: `Object.entries` loses the names of the members.
  const entries = Object.entries(wordsOf) as [Status, readonly string[]][];
  const byWord = new Map(
    entries.flatMap(([status, names]) => [status, ...names].map((name) => [searchable(name), status] as const)),
  );
  return (text: string): Status | undefined => byWord.get(searchable(text.trim()));
};

export const keyStatusIn = statusFinder(words.apiKeys);
export const tokenStatusIn = statusFinder(words.providerTokens);
