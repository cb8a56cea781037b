import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProviderToken, providerFieldKinds } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ProviderDefinition } from '../src/providers/definition.js';
import { startServer, type TestServer } from './harness.js';
import { outcome, read, request } from './request.js';
import { kindsOf, tableOf } from './readme-tables.js';

type JsonSchema = z.core.JSONSchema.JSONSchema;
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const begin = '<!-- provider definition: written by `pnpm exec vitest run provider-definition-readme -u` -->\n';
const end = '<!-- /provider definition -->';

/** By the path of a member: its comment in the source. */
const comments = (() => {
  const code = readFileSync(new URL('../src/providers/definition.ts', import.meta.url), 'utf8');
  const source = ts.createSourceFile('definition.ts', code, ts.ScriptTarget.Latest, true);
  const constants = new Map<string, ts.Expression>();
  for (const statement of source.statements)
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (initializer) constants.set(name.getText(), initializer);
  const found = new Map<string, string>();
  const visit = (node: ts.Node, path: readonly string[]): void => {
    if (ts.isIdentifier(node)) {
      const constant = constants.get(node.text);
      if (constant) visit(constant, path);
    } else if (ts.isObjectLiteralExpression(node) && /^z\s*\.strictObject/.test(node.parent.getText())) {
      for (const property of node.properties) {
        const here = [...path, property.name?.getText() ?? ''];
        const comment = ts.getJSDocCommentsAndTags(property)[0]?.comment;
        if (typeof comment === 'string') found.set(here.join('.'), comment.replaceAll(/\s*\n\s*/g, ' '));
        if (ts.isPropertyAssignment(property)) visit(property.initializer, here);
      }
    } else ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(constants.get('ProviderDefinition') ?? source, []);
  return found;
})();

const typeOf = (schema: JsonSchema): string => {
  const { type, items, maxLength, enum: values, anyOf = [], properties } = schema;
  if (anyOf.length > 0) return anyOf.map((it) => (isSchema(it) ? typeOf(it) : '')).join(' or ');
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (type === 'array') return `list of ${isSchema(items) ? `${typeOf(items).split(',')[0]}s` : 'anything'}`;
  if (type === 'object') return properties ? 'object' : 'object, by name';
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'null') return '`null`';
  return maxLength === undefined ? 'text' : `text, at most ${maxLength} characters`;
};

/** The objects within a schema, whose members have paths of their own. */
const objectsIn = (schema: JsonSchema): JsonSchema[] => [
  ...(schema.properties ? [schema] : []),
  ...[...(schema.anyOf ?? []), schema.items].filter(isSchema).flatMap(objectsIn),
];

const rowsOf = (schema: JsonSchema, path: readonly string[] = []): string[][] =>
  objectsIn(schema).flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, member]) => {
      if (!isSchema(member)) return [];
      const here = [...path, name];
      const { default: preset } = member;
      const otherwise = required.includes(name)
        ? 'needed'
        : preset === undefined
          ? '–'
          : `\`${JSON.stringify(preset)}\``;
      const row = [`\`${here.join('.')}\``, typeOf(member), otherwise, comments.get(here.join('.')) ?? ''];
      return [row, ...(name === 'headers' || name === 'messages' ? [] : rowsOf(member, here))];
    }),
  );

it('the README lists each member of a provider definition, as in the schema', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [before = '', rest = ''] = readme.split(begin);
  const [, after = ''] = rest.split(end);
  const rows = rowsOf(z.toJSONSchema(ProviderDefinition, { io: 'input', unrepresentable: 'any', reused: 'inline' }));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter(([, , , about]) => about === '').map(([name]) => name)).toEqual([]);
  const table = tableOf([['Member', 'Type', 'If left out', ''], ...rows]);
  await expect(`${before}${begin}\n${table}\n\n${end}${after}`).toMatchFileSnapshot('../README.md');
});

describe('the kinds of fields in the README', () => {
  const kinds = kindsOf(readFileSync(new URL('../README.md', import.meta.url), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-kinds-'));
  let server: TestServer;
  beforeAll(async () => {
    const provider = {
      id: 'kinds',
      name: 'Kinds',
      fields: kinds.map(({ kind, kept }) => ({
        id: kind,
        label: kind,
        kind,
        required: kind === 'secret',
        ...(kind === 'choice' && { options: [{ id: kept, label: 'Cloud' }] }),
        ...(kind === 'url' && { path: true }),
      })),
      hosts: ['.acme.example'],
      requests: [
        { baseUrl: 'https://api.acme.example', headers: { A: { basic: ['{password}', '{secret}'] } } },
        { baseUrl: 'https://api.acme.example', headers: { A: '{secret}' } },
      ],
    };
    const file = join(folder, 'providers.json');
    writeFileSync(file, JSON.stringify([provider]));
    if (!aiCockpitOne.providerTokens) throw new Error('AI Cockpit One offers provider tokens');
    const policy = { ...aiCockpitOne, providerTokens: { ...aiCockpitOne.providerTokens, providers: ['kinds'] } };
    server = await startServer({ database: 'sqlite', policy, env: { PROVIDERS: file } });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('are complete', () => {
    expect(kinds.map(({ kind }) => kind)).toEqual([...providerFieldKinds]);
  });

  it.each(kinds)(
    '$kind accepts and stores the values described there, and refuses others',
    async ({ kind, taken, kept, refused }) => {
      const add = (value: string) =>
        request(server, '/provider-tokens', {
          as: 'ana',
          json: {
            provider: 'kinds',
            name: kind,
            code: `${kind}-${value === taken}`,
            values: { secret: 'tok-1', [kind]: value },
          },
        });
      const refusal = await outcome(await add(refused));
      expect(refusal).toMatch(new RegExp(`^422 invalid .*values\\.${kind}:`));
      const token = await read<ProviderToken>(await add(taken));
      expect(token.values[kind] ?? null).toBe(kept);
    },
  );
});
