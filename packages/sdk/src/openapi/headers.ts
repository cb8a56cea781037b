import type { ZodOpenApiObject } from 'zod-openapi';
import { answerHeaders, requestHeaders } from '../contract/http.js';
import { isBytes, type OperationDefinition } from '../contract/operation.js';
import type { ProblemCode } from '../contract/endpoints/problem-codes.js';
import * as z from 'zod/mini';

type RequestHeader = keyof typeof requestHeaders;
export type AnswerHeader = keyof typeof answerHeaders;

const requestExamples: Record<RequestHeader, string> = {
  'X-User-Id': 'ana',
  'If-Match': '"3"',
  'Idempotency-Key': '6f1a4a52-0c1e-4a3c-9a54-0a4a4f8a5f0e',
};

const answerExamples: Record<AnswerHeader, string | number> = {
  'X-Request-Id': 'c0nZ8vYq3pLk2mWt7RxA',
  Date: 'Thu, 01 Jan 2026 09:30:00 GMT',
  'X-User-Id': 'ana',
  'Cache-Control': 'no-store',
  ETag: '"3"',
  Link: '</v1/api-keys?limit=25&cursor=WzE3Njc.k3Jd>; rel="next"',
  Location: 'https://host.example/profile#notifications',
  'Retry-After': 2,
  RateLimit: '"default";r=5999;t=60',
  'RateLimit-Policy': '"default";q=6000;w=60',
  'WWW-Authenticate': 'Bearer realm="ai-cockpit"',
};

/** The headers of answers, as components: the same wherever they occur. */
export const headerComponents: NonNullable<NonNullable<ZodOpenApiObject['components']>['headers']> = Object.fromEntries(
  Object.entries(answerHeaders).map(([name, schema]) => [
    name,
    { schema, example: answerExamples[name as AnswerHeader] },
  ]),
);

/**
 * The request headers of an operation besides credentials. `X-User-Id` is optional, as a client does not know the
 * person before the first answer.
 */
export const requestHeadersOf = ({ callers, versioned, minting }: OperationDefinition) => {
  const header = (name: RequestHeader, required: boolean) => ({
    in: 'header' as const,
    name,
    required,
    schema: requestHeaders[name],
    example: requestExamples[name],
  });
  return [
    ...(callers.includes('user') ? [header('X-User-Id', false)] : []),
    ...(versioned ? [header('If-Match', true)] : []),
    ...(minting ? [header('Idempotency-Key', true)] : []),
  ];
};

const references = (names: readonly AnswerHeader[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` as const }]));

const always: readonly AnswerHeader[] = ['X-Request-Id', 'Date', 'Cache-Control'];

export const successHeadersOf = ({ callers, answer, minting, status }: OperationDefinition) => {
  const members = answer instanceof z.ZodMiniObject ? Object.keys(answer.shape) : [];
  return references([
    ...always,
    ...(callers.includes('user') ? (['X-User-Id'] as const) : []),
    'RateLimit',
    'RateLimit-Policy',
    ...(status === 303 ? (['Location'] as const) : []),
    ...(minting || isBytes(answer) || members.includes('version') ? (['ETag'] as const) : []),
    ...(members.includes('nextCursor') ? (['Link'] as const) : []),
  ]);
};

const mayPass: readonly ProblemCode[] = ['rate_limited', 'unavailable', 'idempotency_in_flight'];

export const failureHeadersOf = ({ callers }: OperationDefinition, status: number, codes: readonly ProblemCode[]) =>
  references([
    ...always,
    // Without a session, there is no person to name.
    ...(callers.includes('user') && status !== 401 ? (['X-User-Id'] as const) : []),
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 429 ? (['RateLimit', 'RateLimit-Policy'] as const) : []),
    ...(codes.some((code) => mayPass.includes(code)) ? (['Retry-After'] as const) : []),
  ]);
