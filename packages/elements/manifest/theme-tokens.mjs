import { readFileSync } from 'node:fs';

const source = new URL('../src/styles/tokens.styles.ts', import.meta.url);
const declaration =
  /(?:\/\* (?<description>[^*]+) \*\/\s*)?--_[\w-]+: var\((?<name>--cockpit-[\w-]+), (?<value>.+)\);/g;

/** The tokens, each told once beside its default in the style sheet, as CSS properties of every element that takes them. */
export const themeTokens = () => ({
  name: 'theme-tokens',
  packageLinkPhase({ customElementsManifest }) {
    const tokens = [...readFileSync(source, 'utf8').split('@media')[0].matchAll(declaration)].map(({ groups }) => {
      const { name, description, value } = groups;
      if (!description)
        throw new Error(`${name} says nowhere what it is for: a comment before it in ${source.pathname}`);
      return { name, description, default: value };
    });
    for (const { declarations = [] } of customElementsManifest.modules) {
      // An element without parts draws nothing of its own.
      for (const declaration of declarations) if (declaration.cssParts) declaration.cssProperties = tokens;
    }
  },
});
