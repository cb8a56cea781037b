import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  fieldErrorCodes,
  type OperationDefinition,
  operations,
  pathsOf,
  Problem,
  type ProblemCode,
  problemStatus,
} from '../contract/index.js';
import { openApiDocument } from './document.js';
import { answerExamples, problemExample, requestExamples } from './examples.js';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The properties within a schema, at whatever depth, by the path that leads there. */
const propertiesIn = (schema: Node, path: string): [path: string, property: Node][] => {
  const own = Object.entries(isNode(schema.properties) ? schema.properties : {}) as [string, Node][];
  const parts = [schema.items, schema.anyOf, schema.oneOf].flat().filter(isNode);
  return [
    ...own.flatMap(([name, property]): [string, Node][] => [
      [`${path}.${name}`, property],
      ...propertiesIn(property, `${path}.${name}`),
    ]),
    ...parts.flatMap((part) => propertiesIn(part, path)),
  ];
};

/** The schemas that are written in the place where they are used. */
const schemasIn = (node: Node, path: string): [path: string, schema: Node][] =>
  Object.entries(node)
    .filter((entry): entry is [string, Node] => isNode(entry[1]))
    .flatMap(([name, member]) =>
      name === 'schema' ? [[path, member] as [string, Node]] : schemasIn(member, `${path} ${name}`),
    );

/** All that a reader may ask about, by name, with its description. */
const describables = (): [name: string, node: Node][] => {
  const { components = {}, paths = {}, tags = [], info } = openApiDocument();
  const operationNodes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Node>).map(([method, node]) => [`${method} ${path}`, node] as const),
  );
  const schemas = [
    ...Object.entries(components.schemas ?? {}),
    ...operationNodes.flatMap(([name, node]) => schemasIn(node, name)),
  ] as [string, Node][];
  return [
    ['info', { ...info }],
    ...tags.map((tag) => [`tag ${tag.name}`, { ...tag }] as [string, Node]),
    ...operationNodes.map(([name, node]) => [name, node] as [string, Node]),
    ...operationNodes.flatMap(([name, { parameters = [] }]) =>
      (parameters as Node[]).map((parameter) => [`${name} ${String(parameter.name)}`, parameter] as [string, Node]),
    ),
    ...(Object.entries(components.schemas ?? {}) as [string, Node][]),
    ...schemas.flatMap(([name, schema]) => propertiesIn(schema, name)),
    ...(Object.entries(components.headers ?? {}) as [string, Node][]),
    ...operationNodes.flatMap(([name, { responses }]) =>
      Object.entries(responses as Record<string, Node>).map(
        ([status, node]) => [`${name} ${status}`, node] as [string, Node],
      ),
    ),
    ...(Object.entries({ ...components.securitySchemes }) as [string, unknown][] as [string, Node][]),
  ];
};

describe('the OpenAPI document', () => {
  it('equals the committed openapi.json', async () => {
    await expect(`${JSON.stringify(openApiDocument(), null, 2)}\n`).toMatchFileSnapshot('../../openapi.json');
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...openApiDocument() });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has each operation at each of its paths, with a unique operationId', () => {
    const { paths = {} } = openApiDocument();
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { operationId: string }>).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    );
    const all = Object.values<OperationDefinition>(operations);
    expect(described).toHaveLength(all.flatMap(pathsOf).length);
    expect(new Set(described.map((line) => line.split(' ')[0])).size).toBe(described.length);
    expect(described).toContain('listApiKeys GET /api-keys');
    expect(described).toContain('listOrganizationApiKeys GET /organizations/{organizationId}/api-keys');
    expect(described).toContain('revokeOrganizationApiKey POST /organizations/{organizationId}/api-keys/{id}/revoke');
  });

  it('forbids unknown members in requests, and in no answer', () => {
    const { components } = openApiDocument();
    expect(components?.schemas).toMatchObject({ NewApiKey: { additionalProperties: false } });
    expect(components?.schemas?.ApiKey).not.toHaveProperty('additionalProperties');
  });

  it('describes every operation, parameter, header, schema, property, response and credential', () => {
    const all = describables();
    expect(all.length).toBeGreaterThan(400);
    const undescribed = all.filter(([, { description }]) => typeof description !== 'string' || !description.trim());
    expect(undescribed.map(([name]) => name)).toEqual([]);
  });

  it('describes every code, in its set and at each operation that answers with it', () => {
    const { components = {}, paths = {} } = openApiDocument();
    const described = [
      ...Object.values(paths).flatMap((item) => Object.values(item as Record<string, { responses: Node }>)),
      ...['Problem', 'FieldError'].map((name) => (components.schemas?.[name] as Node).properties as Node),
    ].flatMap((node) => [...JSON.stringify(node).matchAll(/- `(\w+)`: ?(.*?)(?=\\n|")/g)]);
    expect(described.filter(([, , meaning]) => !meaning?.trim()).map(([, code]) => code)).toEqual([]);
    const known = new Set(described.map(([, code]) => code));
    expect(Object.keys(problemStatus).filter((code) => !known.has(code))).toEqual([]);
    expect(fieldErrorCodes.filter((code) => !known.has(code))).toEqual([]);
  });

  it('passes the recommended rules of Redocly, without a warning', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const source = JSON.stringify(openApiDocument());
    const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });

  describe('its examples', () => {
    const all = Object.values<OperationDefinition>(operations);
    const answers = all.flatMap(({ id, answer }) => (answer instanceof z.ZodMiniType ? [[id, answer] as const] : []));
    const requests = all.flatMap(({ id, body }) => (body instanceof z.ZodMiniType ? [[id, body] as const] : []));

    it.each(answers)('the answer of %s fits its schema, without unknown members', (id, answer) => {
      expect(answer.parse(answerExamples[id])).toEqual(answerExamples[id]);
    });

    it.each(requests)('the request of %s fits its schema', (id, body) => {
      expect(body.safeParse(requestExamples[id]).error).toBeUndefined();
    });

    it.each(Object.keys(problemStatus) as ProblemCode[])('a problem has the code %s', (code) => {
      expect(Problem.parse(problemExample(code))).toEqual(problemExample(code));
      expect(problemExample(code)).toMatchObject({ code, status: problemStatus[code] });
    });
  });
});
