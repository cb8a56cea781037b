import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from 'zod-openapi';
import * as z from 'zod/mini';
import { contractVersion } from '../contract/endpoints/policy.js';
import { Problem } from '../contract/endpoints/problem.js';
import { problemStatus } from '../contract/endpoints/problem-codes.js';
import * as contract from '../contract/index.js';
import { type Bytes, isBytes, type OperationDefinition } from '../contract/operation.js';
import { operations, pathsOf, problemsOf } from '../contract/operations.js';
import { type Describable, describeByName, describeSchema, listOf, membersIn } from './descriptions.js';
import { type DocComment, readDocComments } from './doc-comments.js';
import { answerExamples, problemExample, requestExamples } from './examples.js';
import { failureHeadersOf, headerComponents, requestHeadersOf, successHeadersOf } from './headers.js';

/** A host's own policy never goes over HTTP; the members of a query are parameters. */
const unnamed: readonly unknown[] = [contract.HostPolicy, contract.AvatarQuery];

/** The schemas that the contract exports by name. */
const schemas = Object.fromEntries(
  Object.entries<unknown>(contract).filter(
    (entry): entry is [string, z.ZodMiniType] => entry[1] instanceof z.ZodMiniType && !unnamed.includes(entry[1]),
  ),
);

// Constraints that zod checks in code, or not at all.
for (const [schema, known] of contract.knownValues) schema.register(z.globalRegistry, { ...known });
contract.Instant.register(z.globalRegistry, { format: 'date-time' });
contract.CalendarDate.register(z.globalRegistry, { format: 'date' });
contract.Email.register(z.globalRegistry, { format: 'idn-email' });

/** The tables of operations by the name of their tag, each with the name of its export, whose comment describes it. */
const tags = {
  Policy: 'policyOperations',
  Profile: 'profileOperations',
  Providers: 'providerOperations',
  'Provider tokens': 'providerTokenOperations',
  'API keys': 'apiKeyOperations',
  Administration: 'administrationOperations',
  Activity: 'activityOperations',
  Notifications: 'notificationOperations',
  Integration: 'integrationOperations',
} as const satisfies Record<string, keyof typeof contract>;

const tagOf = ({ id }: OperationDefinition): string =>
  Object.entries(tags).find(([, table]) => id in contract[table])?.[0] ?? '';

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  sessionCookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY' },
} as const;

const securityOf = ({ callers }: OperationDefinition): Record<string, string[]>[] =>
  callers.length === 0
    ? []
    : [
        { bearer: [] },
        ...(callers.includes('user') ? [{ sessionCookie: [] }] : []),
        ...(callers.includes('key') ? [{ apiKey: [] }] : []),
      ];

/** `listApiKeys` → `List API keys`. */
const summaryOf = (operationId: string) => {
  const words = operationId
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\bapi\b/, 'API')
    .replace(/\bi$/, 'I');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const pathExamples: Readonly<Record<string, string>> = { organizationId: 'acme' };

const parametersOf = (operation: OperationDefinition, path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    parameters: [
      ...names.map((name) => ({
        in: 'path' as const,
        name,
        required: true,
        schema: { $ref: '#/components/schemas/Id' as const },
        example: pathExamples[name] ?? 'c0nZ8vYq3pLk2mWt7RxA',
      })),
      ...requestHeadersOf(operation),
    ],
    ...(operation.query && { requestParams: { query: operation.query } }),
  };
};

const exampleReference = (name: string) => ({ example: { $ref: `#/components/examples/${name}` as const } });

/** Bytes are described by their media types alone. */
const contentOf = (body: z.ZodMiniType | Bytes, example: string) =>
  isBytes(body)
    ? Object.fromEntries(body.mediaTypes.map((mediaType) => [mediaType, {}]))
    : { 'application/json': { schema: body, examples: exampleReference(example) } };

const successes: Readonly<Record<number, string>> = {
  201: 'Created.',
  202: 'Taken in, to be done.',
  204: 'Done; there is no body.',
  303: 'Goes on at another address.',
};

const successOf = (operation: OperationDefinition) => ({
  description: successes[operation.status] ?? 'The answer.',
  headers: successHeadersOf(operation),
  ...(operation.answer && { content: contentOf(operation.answer, operation.id) }),
});

/** One response a status, which lists the codes that it can have, with an example of each. */
const failuresOf = (operation: OperationDefinition, problems: DocComment | undefined) => {
  const byStatus = Map.groupBy(problemsOf(operation), (code) => problemStatus[code]);
  const responses = [...byStatus].map(([status, codes]) => {
    const examples = codes.map((code) => [code, { $ref: `#/components/examples/problem.${code}` }] as const);
    const response = {
      description: listOf(problems, codes),
      headers: failureHeadersOf(operation, status, codes),
      content: { 'application/problem+json': { schema: Problem, examples: Object.fromEntries(examples) } },
    };
    return [`${status}`, response] as const;
  });
  // Tools look for an answer of 200–299. If the success is a redirect, there is none, and `default` describes the rest.
  const others = operation.status === 303 && responses.find(([status]) => status === '500');
  return Object.fromEntries(others ? [...responses, ['default', others[1]]] : responses);
};

const operationObject = (
  operation: OperationDefinition,
  path: string,
  comments: ReadonlyMap<string, DocComment>,
): ZodOpenApiOperationObject => {
  const organizations = path !== operation.path;
  const operationId = organizations ? operation.id.replace(/^[a-z]+/, '$&Organization') : operation.id;
  const comment = membersIn(comments.get('operations'), operation.id);
  return {
    operationId,
    summary: summaryOf(operationId),
    description: comment?.text ?? '',
    tags: [tagOf(operation)],
    security: securityOf(operation),
    ...parametersOf(operation, path),
    ...(operation.body && {
      requestBody: { required: true, content: contentOf(operation.body, `${operation.id}.request`) },
    }),
    responses: {
      [`${operation.status}`]: successOf(operation),
      ...failuresOf(operation, comments.get('problemStatus')),
    },
  };
};

const pathItems = (comments: ReadonlyMap<string, DocComment>) => {
  const items: NonNullable<ZodOpenApiObject['paths']> = {};
  for (const operation of Object.values<OperationDefinition>(operations)) {
    for (const path of pathsOf(operation)) {
      items[path] = { ...items[path], [operation.method.toLowerCase()]: operationObject(operation, path, comments) };
    }
  }
  return items;
};

const examples = () => {
  const codes = new Set(Object.values<OperationDefinition>(operations).flatMap(problemsOf));
  const values = [
    ...Object.entries(answerExamples),
    ...Object.entries(requestExamples).map(([id, value]) => [`${id}.request`, value] as const),
    ...[...codes].map((code) => [`problem.${code}`, problemExample(code)] as const),
  ];
  return Object.fromEntries(values.map(([name, value]) => [name, { value }]));
};

interface OperationNode {
  parameters?: (Describable & { in: string; name: string })[];
  requestBody?: { content: Record<string, { schema?: Describable }> };
  responses: Record<string, { content?: Record<string, { schema?: Describable }> }>;
}

/**
 * Describes the parts of an operation without a name of their own: parameters, and bodies that are written in place.
 */
const describeOperation = (
  node: OperationNode,
  operation: DocComment | undefined,
  comments: ReadonlyMap<string, DocComment>,
): void => {
  const bySource: Readonly<Record<string, DocComment | undefined>> = {
    path: comments.get('pathParameters'),
    query: membersIn(operation, 'query'),
    header: comments.get('requestHeaders'),
  };
  for (const parameter of node.parameters ?? [])
    describeByName({ [parameter.name]: parameter }, bySource[parameter.in]);
  const describeContent = (content: Record<string, { schema?: Describable }> = {}, comment: DocComment | undefined) => {
    for (const { schema } of Object.values(content))
      if (schema && schema.$ref === undefined) describeSchema(schema, comment);
  };
  describeContent(node.requestBody?.content, membersIn(operation, 'body'));
  for (const [status, { content }] of Object.entries(node.responses))
    if (Number(status) < 400) describeContent(content, membersIn(operation, 'answer'));
};

/** Lists the members of the two closed sets of codes in the descriptions of `code`. */
const describeCodes = (components: Record<string, Describable>, comments: ReadonlyMap<string, DocComment>): void => {
  const add = (schema: string, codes: Iterable<string>, set: string) => {
    const code = components[schema]?.properties?.code;
    if (code) code.description = `${code.description ?? ''}\n\n${listOf(comments.get(set), codes)}`;
  };
  add('Problem', Object.keys(problemStatus), 'problemStatus');
  add('FieldError', contract.fieldErrorCodes, 'fieldErrorCodes');
};

/** The contract as an OpenAPI 3.1 document. Its texts are the doc comments of the contract modules. */
export const openApiDocument = () => {
  const comments = readDocComments();
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'AI Cockpit',
        version: `${contractVersion}.0.0`,
        description: comments.get('operations')?.text ?? '',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '{baseUrl}', variables: { baseUrl: { default: '/v1', description: "The host's choice." } } }],
      tags: Object.entries(tags).map(([name, table]) => ({ name, description: comments.get(table)?.text ?? '' })),
      paths: pathItems(comments),
      components: {
        schemas,
        headers: headerComponents,
        securitySchemes,
        examples: examples(),
      },
    },
    {
      // Answers are read tolerantly: only what is sent may have no unknown members.
      override: ({ jsonSchema, zodSchema }) => {
        const { def } = zodSchema._zod;
        if (def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties;
      },
    },
  );
  const { components = {}, paths = {} } = document;
  const named = (components.schemas ?? {}) as Record<string, Describable>;
  for (const [name, schema] of Object.entries(named)) describeSchema(schema, comments.get(name));
  describeCodes(named, comments);
  describeByName(components.headers, comments.get('answerHeaders'));
  describeByName(components.securitySchemes, comments.get('credentials'));
  for (const operation of Object.values<OperationDefinition>(operations)) {
    const comment = membersIn(comments.get('operations'), operation.id);
    for (const path of pathsOf(operation)) {
      const item = paths[path] as Record<string, OperationNode> | undefined;
      const node = item?.[operation.method.toLowerCase()];
      if (node) describeOperation(node, comment, comments);
    }
  }
  return document;
};
