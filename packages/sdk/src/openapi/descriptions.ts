import type { DocComment } from './doc-comments.js';

/** A node of the document, before or after its description is there. */
export interface Describable {
  description?: string;
  $ref?: string;
  properties?: Record<string, Describable>;
  items?: Describable;
  anyOf?: Describable[];
  oneOf?: Describable[];
  [member: string]: unknown;
}

export const membersIn = (comment: DocComment | undefined, ...path: readonly string[]): DocComment | undefined =>
  path.reduce<DocComment | undefined>((at, name) => at?.members.get(name), comment);

/** The description of a member: its own comment, else that of its type. */
const setDescription = (node: Describable, comment: DocComment | undefined): void => {
  if (comment?.text) node.description = comment.text;
};

/** Describes the members of a schema; not those of another one that it refers to, which has its own description. */
const describeMembers = (schema: Describable, comment: DocComment): void => {
  for (const [name, member] of Object.entries(schema.properties ?? {}))
    describeSchema(member, comment.members.get(name));
  const inner = [schema.items ?? [], schema.anyOf ?? [], schema.oneOf ?? []].flat();
  for (const part of inner) if (part.$ref === undefined) describeMembers(part, comment);
};

export const describeSchema = (schema: Describable, comment: DocComment | undefined): void => {
  if (!comment) return;
  setDescription(schema, comment);
  if (schema.$ref === undefined) describeMembers(schema, comment);
};

/** Describes each by the comment of its name. */
export const describeByName = (nodes: object | undefined, comment: DocComment | undefined): void => {
  for (const [name, node] of Object.entries(nodes ?? {}) as [string, Describable][])
    setDescription(node, comment?.members.get(name));
};

/** The members of a set as a list, each with what it means. */
export const listOf = (comment: DocComment | undefined, names: Iterable<string>): string =>
  [...names].map((name) => `- \`${name}\`: ${comment?.members.get(name)?.text ?? ''}`).join('\n');
