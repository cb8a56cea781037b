import { mkdirSync, writeFileSync } from 'node:fs';

const isName = (text) => /^[\w$]+$/.test(text);
const quoted = (text) => (isName(text) ? text : `'${text}'`);
export const pascal = (text) => text.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

/** The properties and events of an element, from its manifest entry. */
const elementOf = ({ name, tagName, summary, attributes = [], members = [], events = [] }) => ({
  tag: tagName,
  type: name,
  summary,
  properties: members.filter(({ kind, readonly }) => kind === 'field' && !readonly),
  // Those of one word are written as their properties are.
  attributes: attributes.filter(({ name, fieldName }) => name !== fieldName),
  events,
});

/** Every element of a manifest, by its tag. */
export const elementsOf = ({ modules }) =>
  modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName)
    .map(elementOf)
    .sort((a, b) => a.tag.localeCompare(b.tag));

export const commentOf = (text, indent) => (text ? `${indent}/** ${text} */\n` : '');
const member = (key, type, description) => `${commentOf(description, '  ')}  ${quoted(key)}?: ${type};\n`;

const isNumber = ({ type }) => type?.text === 'number';
/** An attribute is text in the end: `page-size="10"`. */
const written = (type) => `${type} | \`\${number}\``;

/**
 * The members of an element's properties, in one framework's spelling. Of the properties' keys, those that the framework
 * may write as an attribute are told by `isWritten`.
 */
const membersOf = (
  { type, properties, attributes, events },
  { property, attribute, listener, isWritten = () => false },
) =>
  [
    ...properties.flatMap((it) =>
      property(it.name).map((key) => {
        const own = `${type}['${it.name}']`;
        return member(key, isNumber(it) && isWritten(key) ? written(own) : own, it.description);
      }),
    ),
    ...attributes.flatMap((it) =>
      attribute(it.name).map((key) => {
        const own = `${type}['${it.fieldName}']`;
        return member(key, isNumber(it) ? written(own) : own, it.description);
      }),
    ),
    ...events.flatMap((event) =>
      listener(event.name).map((key) => member(key, `(event: ${event.type.text}) => void`, event.description)),
    ),
  ].join('');

const imported = (elements) =>
  [...new Set(elements.flatMap(({ type, events }) => [type, ...events.map((event) => event.type.text)]))]
    .filter((name) => name !== 'Event')
    .sort();

/** The import of all classes of elements and events that declarations name. */
export const importedTypes = (elements) => `// Made from custom-elements.json by \`pnpm build\`.
import type {
${imported(elements)
  .map((name) => `  ${name},\n`)
  .join('')}} from '@ai-cockpit/elements';
`;

const interfaceOf = (element, base, spelling, suffix = 'Props') =>
  `\n${commentOf(element.summary, '')}export interface ${pascal(element.tag)}${suffix} extends ${base(element.type)} {\n${membersOf(element, spelling)}}\n`;

/** One interface an element, and the framework's own map from tag to interface. */
const jsx =
  ({ imports, base, spelling, augment }) =>
  (elements) =>
    [
      importedTypes(elements),
      `${imports}\n`,
      ...elements.map((element) => interfaceOf(element, base, spelling)),
      `\n${augment(elements.map(({ tag }) => `'${tag}': ${pascal(tag)}Props;`))}`,
    ].join('');

/** Components, with the props that they take, and raw tags, which React 19 sets properties and listeners of. */
const react = (elements) =>
  [
    importedTypes(elements),
    "import type { DetailedHTMLProps, ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';\n",
    ...elements.flatMap((element) => [
      interfaceOf(element, (type) => `HTMLAttributes<${type}>, RefAttributes<${type}>`, {
        property: (name) => [name],
        attribute: () => [],
        listener: (name) => [`on${pascal(name)}`],
      }),
      `${commentOf(element.summary, '')}export declare const ${pascal(element.tag)}: ForwardRefExoticComponent<${pascal(element.tag)}Props>;\n`,
      interfaceOf(
        element,
        (type) => `DetailedHTMLProps<HTMLAttributes<${type}>, ${type}>`,
        { property: (name) => [name], attribute: (name) => [name], listener: (name) => [`on${name}`] },
        'TagProps',
      ),
    ]),
    `
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      ${elements.map(({ tag }) => `'${tag}': ${pascal(tag)}TagProps;`).join('\n      ')}
    }
  }
}
`,
  ].join('');

const svelte = jsx({
  imports: "import type { HTMLAttributes } from 'svelte/elements';",
  base: (type) => `HTMLAttributes<${type}>`,
  // As a property of Svelte 5, and as the directive that came before.
  spelling: {
    property: (name) => [name],
    attribute: (name) => [name],
    listener: (name) => [`on${name}`, `on:${name}`],
    isWritten: () => true,
  },
  augment: (entries) => `declare module 'svelte/elements' {
  export interface SvelteHTMLElements {
    ${entries.join('\n    ')}
  }
}
`,
});

const solid = jsx({
  imports: "import type { JSX } from 'solid-js';",
  base: (type) => `JSX.HTMLAttributes<${type}>`,
  spelling: {
    property: (name) => [name, `prop:${name}`],
    attribute: (name) => [name, `attr:${name}`],
    listener: (name) => [`on:${name}`],
    // A text in quotes is an attribute, which the elements take without hyphens too.
    isWritten: (key) => !key.startsWith('prop:'),
  },
  augment: (entries) => `declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      ${entries.join('\n      ')}
    }
  }
}
`,
});

const vueSpelling = {
  // An attribute with a hyphen is checked as the property that it is camelized to.
  property: (name) => [name],
  attribute: () => [],
  listener: (name) => [`on${pascal(name)}`],
  isWritten: () => true,
};

/** https://vuejs.org/guide/extras/web-components.html#non-vue-web-components-and-typescript */
const vue = (elements) =>
  [
    importedTypes(elements),
    "import type { HTMLAttributes, ReservedProps } from 'vue';\n",
    `
/** Of any element; \`data-test\` is checked as \`dataTest\`. */
interface AnyAttributes extends HTMLAttributes, ReservedProps {
  [name: \`data\${Capitalize<string>}\`]: unknown;
}
`,
    ...elements.map((element) => interfaceOf(element, () => 'AnyAttributes', vueSpelling)),
    `
/** Vue reads what a template may set or listen to from \`$props\`, which is not there at run time. */
type Component<Element, Props> = new () => Element & { $props: Props };

declare module 'vue' {
  /** An element of the page's own may stand in a slot of ours. */
  export interface HTMLAttributes {
    slot?: string;
  }
  export interface GlobalComponents {
    ${elements.map(({ tag, type }) => `'${tag}': Component<${type}, ${pascal(tag)}Props>;`).join('\n    ')}
  }
}
`,
  ].join('');

const frameworks = { react, solid, svelte, vue };

/**
 * Type declarations of every element for each framework that checks its templates: they name the classes of elements
 * and events, so that nothing of a type is written twice.
 *
 * @param {{ outdir: string }} options
 * @returns {import('@custom-elements-manifest/analyzer').Plugin}
 */
export const frameworkTypes = ({ outdir }) => ({
  name: 'framework-types',
  packageLinkPhase({ customElementsManifest }) {
    const elements = elementsOf(customElementsManifest);
    mkdirSync(outdir, { recursive: true });
    for (const [name, write] of Object.entries(frameworks)) writeFileSync(`${outdir}/${name}.d.ts`, write(elements));
  },
});
