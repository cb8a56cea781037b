import { type Contradiction, describeContradiction } from '@ai-cockpit/sdk/contract';
import { distance } from 'fastest-levenshtein';

/** Two letters that changed places are two characters that differ. */
const aThird = (name: string): number => (name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3)));

/**
 * The name that somebody probably meant. Letter case does not count.
 *
 * @param most How many characters may differ.
 */
export const nearMatch = (found: string, allowed: Iterable<string>, most = aThird): string | null => {
  let nearest: string | null = null;
  let least = Infinity;
  for (const name of allowed) {
    const edits = distance(found.toLowerCase(), name.toLowerCase());
    if (edits < least && edits <= most(name)) [nearest, least] = [name, edits];
  }
  return nearest;
};

/** The one name that is cut or continued, as `administrator` for `admin`, or `warn` for `warning`. */
const completed = (found: string, allowed: Iterable<string>): string | null => {
  const begins = (whole: string, part: string) =>
    part.length >= 3 && whole.toLowerCase().startsWith(part.toLowerCase());
  const [name = null, ...others] = [...allowed].filter((it) => begins(it, found) || begins(found, it));
  return others.length === 0 ? name : null;
};

/** `. Did you mean "limit"?`, or nothing. */
export const suggestion = (found: string, allowed: Iterable<string>): string => {
  const name = nearMatch(found, allowed) ?? completed(found, allowed);
  return name === null ? '' : `. Did you mean "${name}"?`;
};

/** `jira, businessmap or azure-devops`, as it stands in a sentence. */
export const listed = (values: Iterable<string>): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(values);

/** A contradiction as a line, with the name that was probably meant. */
export const contradictionLine = (contradiction: Contradiction): string => {
  const { unknown } = contradiction;
  return describeContradiction(contradiction) + (unknown ? suggestion(unknown.name, unknown.allowed) : '');
};
