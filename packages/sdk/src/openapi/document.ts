import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from 'zod-openapi';
import * as z from 'zod/mini';
import * as contract from '../contract/index.js';
import { type Bytes, isBytes, type OperationDefinition } from '../contract/operation.js';
import { operations, pathsOf, problemsOf } from '../contract/operations.js';
import { contractVersion } from '../contract/endpoints/policy.js';
import { Problem, type ProblemCode, problemStatus } from '../contract/endpoints/problem.js';
import { Id } from '../contract/text.js';

/** The schemas that the contract exports by name; a host's own policy never goes over HTTP. */
const schemas = Object.fromEntries(
  Object.entries<unknown>(contract).filter(
    (entry): entry is [string, z.ZodMiniType] => entry[1] instanceof z.ZodMiniType && entry[1] !== contract.HostPolicy,
  ),
);

// What their checks say in code, or what they do not check at all.
for (const [schema, known] of contract.knownValues) schema.register(z.globalRegistry, { ...known });
contract.Instant.register(z.globalRegistry, { format: 'date-time' });
contract.CalendarDate.register(z.globalRegistry, { format: 'date' });
contract.Email.register(z.globalRegistry, { format: 'idn-email' });

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: "A session's JWT; or, where one is asked for, an API key or a service's token.",
  },
  sessionCookie: { type: 'apiKey', in: 'cookie', name: 'session', description: 'A session. Each host names its own.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY', description: 'An API key.' },
} as const;

const securityOf = ({ callers }: OperationDefinition): Record<string, string[]>[] => [
  { bearer: [] },
  ...(callers.includes('user') ? [{ sessionCookie: [] }] : []),
  ...(callers.includes('key') ? [{ apiKey: [] }] : []),
];

const answerHeaders = {
  'X-Request-Id': { description: 'What to quote to an operator.', schema: { type: 'string' } },
  Date: { description: "The server's time, which a client goes by.", schema: { type: 'string' } },
  'X-User-Id': {
    description:
      'Whose session the request came with, percent-encoded: on every answer to a session, a problem too. A page that was made for another person takes nothing of the answer for theirs.',
    schema: { type: 'string' },
  },
  ETag: { description: 'The version, in quotation marks: what `If-Match` takes.', schema: { type: 'string' } },
  Link: { description: 'The next page, as `rel="next"`, where there is one.', schema: { type: 'string' } },
  Location: { description: 'Where to go on.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds after which to ask again.', schema: { type: 'integer' } },
  RateLimit: { description: 'What is left of the allowance, and for how long.', schema: { type: 'string' } },
  'RateLimit-Policy': { description: 'The allowance, and the seconds it is for.', schema: { type: 'string' } },
  'WWW-Authenticate': { description: 'The same whatever the reason.', schema: { type: 'string' } },
} as const;

const headers = (...names: (keyof typeof answerHeaders)[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` as const }]));

/** `listApiKeys` → `List API keys`. */
const summaryOf = (operationId: string) => {
  const words = operationId
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\bapi\b/, 'API')
    .replace(/\bi$/, 'I');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const UserIdHeader = z.string().register(z.globalRegistry, {
  description:
    'Whom the client takes the session to be of, percent-encoded. A backend compares it with the id of the session’s user before it reads or writes anything, and answers `409 user_changed` where they differ: somebody else has signed in under an open page, whose input is not theirs. Versions do not tell, as every resource begins at 1.',
});

const parametersOf = ({ callers, query, versioned, minting }: OperationDefinition, path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    ...(names.length && { path: z.object(Object.fromEntries(names.map((name) => [name, Id]))) }),
    ...(query && { query }),
    header: z.object({
      ...(callers.includes('user') && { 'X-User-Id': z.optional(UserIdHeader) }),
      ...(versioned && { 'If-Match': z.string() }),
      ...(minting && { 'Idempotency-Key': z.uuidv4() }),
    }),
  };
};

/** Of bytes, no more is said than their media types. */
const contentOf = (body: z.ZodMiniType | Bytes) =>
  isBytes(body)
    ? Object.fromEntries(body.mediaTypes.map((mediaType) => [mediaType, {}]))
    : { 'application/json': { schema: body } };

const successes: Readonly<Record<number, string>> = {
  201: 'Created.',
  202: 'Taken in, to be done.',
  204: 'Done; there is nothing to say.',
  303: 'Goes on at another address.',
};

/** An answer to a session says whose it is. */
const userHeaders = ({ callers }: OperationDefinition) => (callers.includes('user') ? (['X-User-Id'] as const) : []);

const successOf = (operation: OperationDefinition) => {
  const { answer, minting, status } = operation;
  const members = answer instanceof z.ZodMiniObject ? Object.keys(answer.shape) : [];
  return {
    description: successes[status] ?? 'The answer.',
    headers: headers(
      'X-Request-Id',
      'Date',
      ...userHeaders(operation),
      'RateLimit',
      'RateLimit-Policy',
      ...(status === 303 ? (['Location'] as const) : []),
      ...(minting || isBytes(answer) || members.includes('version') ? (['ETag'] as const) : []),
      ...(members.includes('nextCursor') ? (['Link'] as const) : []),
    ),
    ...(answer && { content: contentOf(answer) }),
  };
};

const mayPass: readonly ProblemCode[] = ['rate_limited', 'unavailable', 'idempotency_in_flight'];

/** What an answer of this status carries beside what all carry. */
const headersByStatus: Readonly<Record<number, readonly (keyof typeof answerHeaders)[]>> = {
  401: ['WWW-Authenticate'],
  429: ['RateLimit', 'RateLimit-Policy'],
};

/** One response a status, which names the codes that it can have. */
const failuresOf = (operation: OperationDefinition) => {
  const codes = problemsOf(operation);
  const statuses = [...new Set(codes.map((code) => problemStatus[code]))];
  const failureOf = (status: number) => {
    const possible = codes.filter((code) => problemStatus[code] === status);
    const retry = possible.some((code) => mayPass.includes(code));
    return {
      description: possible.map((code) => `\`${code}\``).join(', '),
      headers: headers(
        'X-Request-Id',
        'Date',
        ...(status === 401 ? [] : userHeaders(operation)),
        ...(headersByStatus[status] ?? []),
        ...(retry ? (['Retry-After'] as const) : []),
      ),
      content: { 'application/problem+json': { schema: Problem } },
    };
  };
  return Object.fromEntries(statuses.map((status) => [status, failureOf(status)]));
};

const describe = (operation: OperationDefinition, path: string): ZodOpenApiOperationObject => {
  const organizations = path !== operation.path;
  const operationId = organizations ? operation.id.replace(/^[a-z]+/, '$&Organization') : operation.id;
  return {
    operationId,
    summary: summaryOf(operationId),
    ...(operation.callers.length && { security: securityOf(operation) }),
    requestParams: parametersOf(operation, path),
    ...(operation.body && { requestBody: { required: true, content: contentOf(operation.body) } }),
    responses: { [`${operation.status}`]: successOf(operation), ...failuresOf(operation) },
  };
};

const pathItems = () => {
  const items: NonNullable<ZodOpenApiObject['paths']> = {};
  for (const operation of Object.values<OperationDefinition>(operations)) {
    for (const path of pathsOf(operation)) {
      items[path] = { ...items[path], [operation.method.toLowerCase()]: describe(operation, path) };
    }
  }
  return items;
};

/** The contract as an OpenAPI 3.1 document. */
export const openApiDocument = () =>
  createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'AI Cockpit',
        version: `${contractVersion}.0.0`,
        description: 'Profiles, provider tokens and API keys.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '{baseUrl}', variables: { baseUrl: { default: '/v1', description: "The host's choice." } } }],
      paths: pathItems(),
      components: { schemas, headers: answerHeaders, securitySchemes },
    },
    {
      // Answers are read tolerantly: only what is sent may have no unknown members.
      override: ({ jsonSchema, zodSchema }) => {
        const { def } = zodSchema._zod;
        if (def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties;
      },
    },
  );
