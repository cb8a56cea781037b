import { mkdirSync, writeFileSync } from 'node:fs';
import { elementsOf, pascal } from './framework-types.mjs';

/** A Server Component may render these: React sends their names to the page, which loads them. */
const client = "'use client';\n// Made from custom-elements.json by `pnpm build`.\n";

const componentOf = ({ tag, type, events }) => `${client}import '../${tag}/define.js';
import { ${type} } from '../${tag}/${tag}.js';
import { elementComponent } from './element-component.js';

export const ${pascal(tag)} = /* @__PURE__ */ elementComponent('${pascal(tag)}', '${tag}', ${type}, {
${events.map(({ name }) => `  on${pascal(name)}: '${name}',\n`).join('')}});
`;

const indexOf = (elements) =>
  `${client}${elements.map(({ tag }) => `export { ${pascal(tag)} } from './${tag}.js';\n`).join('')}`;

/**
 * A React component of every element, a module each: what a page does not use, its bundler leaves out.
 *
 * @param {{ outdir: string }} options
 * @returns {import('@custom-elements-manifest/analyzer').Plugin}
 */
export const reactComponents = ({ outdir }) => ({
  name: 'react-components',
  packageLinkPhase({ customElementsManifest }) {
    const elements = elementsOf(customElementsManifest);
    mkdirSync(outdir, { recursive: true });
    for (const element of elements) writeFileSync(`${outdir}/${element.tag}.js`, componentOf(element));
    writeFileSync(`${outdir}/index.js`, indexOf(elements));
  },
});
