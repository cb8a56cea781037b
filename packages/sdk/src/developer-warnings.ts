const shown = new Set<string>();

/**
 * Tells the developer of a page or server, once, what only they can mend. Give it places, types and addresses; never a
 * value that came or was sent, as that may be a secret or somebody's name.
 *
 * @param key What counts as the same warning, where the text itself does not say that.
 */
export const warnDeveloper = (text: string, key = text): void => {
  if (shown.has(key)) return;
  shown.add(key);
  // eslint-disable-next-line no-console -- nothing else reaches a developer: people are shown no such detail
  console.warn(text);
};
