const longest = 60;

/** Long runs of letters and digits are keys, tokens and hashes more often than words. */
const tokenLike = /(?=[A-Za-z0-9+/_=]*\d)(?=[A-Za-z0-9+/_=]*[A-Za-z])[A-Za-z0-9+/_=]{20,}/g;
/** Within a path, a slash ends a run. */
const tokenLikeInPath = /(?=[A-Za-z0-9+_=]*\d)(?=[A-Za-z0-9+_=]*[A-Za-z])[A-Za-z0-9+_=]{20,}/g;
const path = /^\.{0,2}\/|\.\w{1,5}$/;

const withoutCredentials = (text: string): string => text.replaceAll(/\/\/[^/@\s]*@/g, '//[redacted]@');

/** A line with places and values of a file in it. A secret may have been written in the wrong place, or as a name. */
export const redactLine = (line: string): string => withoutCredentials(line).replaceAll(tokenLikeInPath, '[redacted]');

/**
 * A wrong value, for the line that names it. A secret may have been set in the wrong place: what looks like one, or is
 * the user and password of an address, is left out.
 */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const harmless = withoutCredentials(text).replaceAll(path.test(text) ? tokenLikeInPath : tokenLike, '[redacted]');
  const short = harmless.length > longest ? `${harmless.slice(0, longest)}…` : harmless;
  return typeof value === 'string' ? JSON.stringify(short) : short;
};
