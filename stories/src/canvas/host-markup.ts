import { html, noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';

type Args = Readonly<Record<string, unknown>>;
interface ArgType {
  readonly table?: { readonly category?: string };
  readonly action?: string;
}
type ArgTypes = Readonly<Record<string, ArgType>>;

/** A story or its meta, as far as it is of interest here. */
interface Shown {
  /** A tag of ours, which each story's meta names. */
  readonly component?: unknown;
  readonly args: Args;
  readonly argTypes: ArgTypes;
  readonly parameters: { readonly markup?: string };
}

const isSlot = (argType?: ArgType) => argType?.table?.category === 'slots';

/** The slots that a story fills, by name. */
const slotsOf = (args: Args, argTypes: ArgTypes) =>
  Object.entries(args).flatMap(([name, text]): [string, string][] =>
    isSlot(argTypes[name]) && typeof text === 'string' && text ? [[name, text]] : [],
  );

/** An argument that a host writes as an attribute: a text, a number or true. */
const attributesOf = (args: Args, argTypes: ArgTypes) =>
  Object.entries(args).flatMap(([name, value]): [string, string][] => {
    if (isSlot(argTypes[name])) return [];
    if (value === true) return [[name, '']];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
  });

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** A story in a host's markup: its own words for that, else made from its arguments. */
export const markupOf = ({ component, args, argTypes, parameters }: Shown): string => {
  if (parameters.markup) return parameters.markup;
  const tag = String(component);
  const attributes = [['base-url', '/v1'] as const, ...attributesOf(args, argTypes)].map(([name, value]) =>
    value === '' ? ` ${name}` : ` ${name}="${escape(value)}"`,
  );
  const slots = slotsOf(args, argTypes).map(([name, text]) => `  <p slot="${name}">${escape(text)}</p>\n`);
  return `<${tag}${attributes.join('')}>${slots.length > 0 ? '\n' : ''}${slots.join('')}</${tag}>`;
};

/** All that a host writes for an element: its module too, which a meta's own words have already. */
export const exampleOf = (meta: Shown): string =>
  meta.parameters.markup ??
  `<script type="module">\n  import '@ai-cockpit/elements/${String(meta.component)}.js';\n</script>\n\n${markupOf(meta)}`;

/** Sets on an element what its story is given: attributes, and the listeners of the actions panel. */
class Given extends Directive {
  #attributes: readonly string[] = [];
  #isListening = false;

  override render(_args: Args, _argTypes: ArgTypes) {
    return noChange;
  }

  override update({ element }: ElementPart, [args, argTypes]: [Args, ArgTypes]) {
    const attributes = new Map(attributesOf(args, argTypes));
    for (const name of this.#attributes) if (!attributes.has(name)) element.removeAttribute(name);
    for (const [name, value] of attributes) element.setAttribute(name, value);
    this.#attributes = [...attributes.keys()];
    if (!this.#isListening) {
      for (const [name, value] of Object.entries(args)) {
        const { action } = argTypes[name] ?? {};
        // Made by Storybook for each argument that has an action.
        if (action) element.addEventListener(action, value as EventListener);
      }
    }
    this.#isListening = true;
    return noChange;
  }
}
const given = directive(Given);

/** Draws a story's element, with its arguments as attributes and slots. */
export const renderElement = (args: Args, { component, argTypes }: Pick<Shown, 'component' | 'argTypes'>) => {
  const tag = unsafeStatic(String(component));
  const slots = slotsOf(args, argTypes).map(([name, text]) => html`<p slot=${name}>${text}</p>`);
  return staticHtml`<${tag} ${given(args, argTypes)}>${slots}</${tag}>`;
};
