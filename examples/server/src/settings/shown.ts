const longest = 60;

/** Long runs of letters and digits are keys, tokens and hashes more often than words. */
const tokenLike = /(?=[A-Za-z0-9+/_=]*\d)(?=[A-Za-z0-9+/_=]*[A-Za-z])[A-Za-z0-9+/_=]{20,}/g;

/**
 * A wrong value, for the line that names it. A secret may have been set in the wrong place: what looks like one, or is
 * the user and password of an address, is left out.
 */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const harmless = text.replaceAll(/\/\/[^/@\s]*@/g, '//[redacted]@').replaceAll(tokenLike, '[redacted]');
  return JSON.stringify(harmless.length > longest ? `${harmless.slice(0, longest)}…` : harmless);
};
