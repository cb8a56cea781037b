import { readFileSync, writeFileSync } from 'node:fs';

const distinct = (entries) => [...new Map(entries.toReversed().map((entry) => [entry.name, entry])).values()].reverse();

/**
 * Several elements have a part or a token of one name: an editor offers it once.
 *
 * @param {string} path What VS Code's plugin has written.
 * @returns {import('@custom-elements-manifest/analyzer').Plugin}
 */
export const distinctCssData = (path) => ({
  name: 'distinct-css-data',
  packageLinkPhase() {
    const { properties, pseudoElements, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
    const data = { ...rest, properties: distinct(properties), pseudoElements: distinct(pseudoElements) };
    writeFileSync(path, `${JSON.stringify(data, null, 2)}\n`);
  },
});
