import { mkdirSync, writeFileSync } from 'node:fs';
import { commentOf, elementsOf, importedTypes, pascal } from './framework-types.mjs';

const header = '// Made from custom-elements.json by `pnpm build`.\n';
const camel = (text) => pascal(text).replace(/^\w/, (letter) => letter.toLowerCase());
const members = (lines) => lines.map((line) => `  ${line}\n`).join('');

/**
 * A partial declaration, which the Angular compiler of the host completes. `minVersion` is the version that introduced
 * what the declaration holds. https://angular.dev/tools/libraries/creating-libraries#partial-ivy-format
 */
const declared = (name, minVersion, rest) =>
  `i0.ɵɵngDeclare${name}({ minVersion: '${minVersion}', version: '17.0.0', ngImport: i0, ${rest} })`;

/** Not text: where a template writes an attribute (`open`, `deepLink="push"`), Angular gives the input its text. */
const isParsed = ({ type }) => /^(boolean|number)\b/.test(type.text);
const textOf = ({ type }) => (type.text === 'number' ? '`${number}`' : "'' | 'true' | 'false'");
const setter = (property) =>
  isParsed(property)
    ? `set ${property.name}(value) { setParsed(this.#element, '${property.name}', value); }`
    : `set ${property.name}(value) { this.#element.${property.name} = value; }`;

/** Every attribute may also be written without its hyphens, in any case. */
const setParsed = `/** A text is parsed by the element, as an attribute. */
export const setParsed = (element, name, value) => {
  if (typeof value === 'string') element.setAttribute(name, value);
  else element[name] = value;
};
`;

/**
 * The directive gives its inputs to its element. Its outputs never emit: Angular listens to an output's name on the
 * element too, and takes the event's type from the output.
 */
const directiveOf = ({ tag, properties, events }) => {
  const name = pascal(tag);
  const inputs = properties.map((property) => `${property.name}: '${property.name}'`).join(', ');
  const outputs = events.map((event) => `${camel(event.name)}: '${event.name}'`).join(', ');
  return `${header}import * as i0 from '@angular/core';
import '../${tag}/define.js';
${properties.some(isParsed) ? "import { setParsed } from './set-parsed.js';\n" : ''}
export class ${name} {
  #element = i0.inject(i0.ElementRef).nativeElement;
${members([...events.map((event) => `${camel(event.name)} = new i0.EventEmitter();`), ...properties.map(setter)])}
  static ɵfac = ${declared('Factory', '12.0.0', `type: ${name}, deps: [], target: i0.ɵɵFactoryTarget.Directive`)};
  static ɵdir = ${declared(
    'Directive',
    '14.0.0',
    `type: ${name}, isStandalone: true, selector: '${tag}', inputs: { ${inputs} }, outputs: { ${outputs} }`,
  )};
}
`;
};

const typeOf = ({ tag, type, summary, properties, events }) => {
  const name = pascal(tag);
  const inputs = properties.map((property) => `${property.name}: { alias: '${property.name}'; required: false }`);
  const outputs = events.map((event) => `${camel(event.name)}: '${event.name}'`);
  return `
${commentOf(summary, '')}export declare class ${name} {
${properties.map((it) => `${commentOf(it.description, '  ')}  ${it.name}: ${type}['${it.name}'];\n`).join('')}${events
  .map((it) => `${commentOf(it.description, '  ')}  ${camel(it.name)}: i0.EventEmitter<${it.type.text}>;\n`)
  .join('')}${properties
  .filter(isParsed)
  .map((it) => `  static ngAcceptInputType_${it.name}: ${type}['${it.name}'] | ${textOf(it)};\n`)
  .join('')}  static ɵfac: i0.ɵɵFactoryDeclaration<${name}, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<
    ${name},
    '${tag}',
    never,
    { ${inputs.join('; ')} },
    { ${outputs.join('; ')} },
    never,
    never,
    true,
    never
  >;
}
`;
};

/**
 * An Angular directive of every element, a module each, and their types. A component that imports them needs no
 * `CUSTOM_ELEMENTS_SCHEMA`, and its template is checked.
 *
 * @param {{ outdir: string, types: string }} options `outdir` of the modules, `types` of the declarations.
 * @returns {import('@custom-elements-manifest/analyzer').Plugin}
 */
export const angularDirectives = ({ outdir, types }) => ({
  name: 'angular-directives',
  packageLinkPhase({ customElementsManifest }) {
    const elements = elementsOf(customElementsManifest);
    mkdirSync(outdir, { recursive: true });
    mkdirSync(types, { recursive: true });
    for (const element of elements) writeFileSync(`${outdir}/${element.tag}.js`, directiveOf(element));
    writeFileSync(`${outdir}/set-parsed.js`, `${header}${setParsed}`);
    const exported = elements.map(({ tag }) => `export { ${pascal(tag)} } from './${tag}.js';\n`);
    writeFileSync(`${outdir}/index.js`, `${header}${exported.join('')}`);
    writeFileSync(
      `${types}/angular.d.ts`,
      `${importedTypes(elements)}import type * as i0 from '@angular/core';\n${elements.map(typeOf).join('')}`,
    );
  },
});
