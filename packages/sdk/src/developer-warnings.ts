const shownKeys = new Set<string>();

/**
 * Warns the developer of a page or server, once for each text. The text may name places, types and addresses, but
 * never a value that was received or sent: it may be a secret or a person's name.
 *
 * @param key Identifies the warning, where texts differ for the same cause.
 */
export const warnDeveloper = (text: string, key = text): void => {
  if (shownKeys.has(key)) return;
  shownKeys.add(key);
  // eslint-disable-next-line no-console -- nothing else reaches a developer: people are shown no such detail
  console.warn(text);
};
