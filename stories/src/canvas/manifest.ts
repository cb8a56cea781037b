import manifest, { type Declaration, type Described } from '@ai-cockpit/elements/custom-elements.json';

const none: Declaration = {};

/** The entry of a tag in the custom-elements manifest. */
const declarationOf = (tag: string): Declaration =>
  manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === tag) ?? none;

export const summaryOf = (tag: string): string => declarationOf(tag).summary ?? '';

/** The values of a type such as `'user' | 'organization'`; none where it is not of that form. */
const choicesOf = (type: string): string[] => {
  const members = type.split('|').map((member) => member.trim());
  return members.every((member) => /^'[\w-]+'$/.test(member)) ? members.map((member) => member.slice(1, -1)) : [];
};

const controlOf = (type: string) => {
  const options = choicesOf(type);
  if (options.length > 0) return { control: { type: 'select' }, options };
  return { control: { type: type === 'boolean' || type === 'number' ? type : 'text' } };
};

/** Connecting is the story's own affair. */
const connecting = ['base-url', 'organization-id', 'locale'];

/** The controls of a story: attributes and slots; and, hidden, the events that its actions panel lists. */
export const argTypesOf = (tag: string) => {
  const { attributes = [], slots = [], events = [] } = declarationOf(tag);
  return Object.fromEntries([
    ...attributes
      .filter(({ name }) => !connecting.includes(name))
      .map(({ name, description, type = { text: 'string' }, default: value }) => [
        name,
        {
          name,
          description,
          ...controlOf(type.text),
          table: { category: 'attributes', type: { summary: type.text }, defaultValue: { summary: value } },
        },
      ]),
    ...slots
      .filter(({ name }) => name)
      .map(({ name, description }) => [
        name,
        { name, description, control: { type: 'text' }, table: { category: 'slots', type: { summary: 'HTML' } } },
      ]),
    ...events.map(({ name }) => [`on-${name}`, { name, action: name, table: { disable: true } }]),
  ]) as Record<string, object>;
};

/** Controls for the tokens: what a theme is made of. */
export const tokenArgTypes = (tag: string) =>
  Object.fromEntries(
    (declarationOf(tag).cssProperties ?? []).map(({ name, description, default: value }) => [
      name,
      {
        name,
        description,
        control: { type: name.includes('-color-') ? 'color' : 'text' },
        table: { category: 'tokens', defaultValue: { summary: value } },
      },
    ]),
  ) as Record<string, object>;

const cell = (text = '') => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const code = (text?: string) => (text ? `\`${cell(text)}\`` : '');

/** A heading and a table in Markdown; nothing where there are no rows. */
const tableOf = (
  title: string,
  rows: readonly Described[],
  columns: Readonly<Record<string, (row: Described) => string>>,
) =>
  rows.length === 0
    ? ''
    : [
        `### ${title}`,
        '',
        `| ${Object.keys(columns).join(' | ')} |`,
        `|${' --- |'.repeat(Object.keys(columns).length)}`,
        ...rows.map(
          (row) =>
            `| ${Object.values(columns)
              .map((column) => column(row))
              .join(' | ')} |`,
        ),
      ].join('\n');

const name = ({ name }: Described) => code(name);
const description = ({ description }: Described) => cell(description);
const type = ({ type }: Described) => code(type?.text);
const value = (row: Described) => code(row.default);

/** The public interface of an element, in Markdown. */
export const interfaceOf = (tag: string): string => {
  const {
    members = [],
    attributes = [],
    events = [],
    slots = [],
    cssParts = [],
    cssProperties = [],
  } = declarationOf(tag);
  const fields = members.filter(({ kind, attribute }) => kind === 'field' && !attribute);
  const methods = members
    .filter(({ kind, description }) => kind === 'method' && description)
    .map(({ parameters = [], ...method }) => ({
      ...method,
      name: `${method.name}(${parameters.map(({ name }) => name).join(', ')})`,
    }));
  return [
    tableOf('Attributes', attributes, { Name: name, Type: type, Default: value, '': description }),
    tableOf('Properties without an attribute', fields, { Name: name, Type: type, '': description }),
    tableOf('Methods', methods, { Name: name, '': description }),
    tableOf('Events', events, { Name: name, Class: type, '': description }),
    tableOf('Slots', slots, { Name: ({ name }) => (name ? code(name) : 'default'), '': description }),
    tableOf('Parts', cssParts, { 'In `::part(…)`': name, '': description }),
    tableOf('Tokens', cssProperties, { 'Custom property': name, '': description, Default: value }),
  ]
    .filter(Boolean)
    .join('\n\n');
};
