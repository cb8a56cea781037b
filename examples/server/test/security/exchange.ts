import {
  type Answer,
  type ApiKey,
  type createApiKey,
  fieldErrorCodes,
  type HostPolicy,
  problemStatus,
  type ProviderToken,
} from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect } from 'vitest';
import type { TestServer } from '../harness.js';

export interface Sent {
  /** The person whose session is sent as a bearer token. */
  as?: string;
  /** Sent as `X-API-KEY`. */
  key?: string;
  /** Sent as a bearer token, whatever it is. */
  bearer?: string;
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  /** Sent as it is, as `application/json` unless the headers say otherwise. */
  raw?: BodyInit;
}

export interface Exchange<T = unknown> {
  status: number;
  /** `201`, or `404 not_found`. */
  outcome: string;
  /** `name:required`, for each field at fault. */
  faults: string[];
  headers: Headers;
  text: string;
  json: T;
}

const problemMembers = ['type', 'title', 'status', 'detail', 'code', 'requestId', 'errors', 'omittedErrors'];

/** RFC 9457 with this contract's members, and nothing that tells how the server is made. */
const expectProblem = (response: Response, text: string): { code: string; faults: string[] } => {
  const context = `${response.status} ${text}`;
  expect(response.headers.get('Content-Type'), context).toMatch(/^application\/problem\+json\b/);
  // Judged member by member below.
  const problem = JSON.parse(text) as Record<string, unknown>;
  expect(problemMembers, context).toEqual(expect.arrayContaining(Object.keys(problem)));
  const { type, title, status, code, requestId, errors = [] } = problem;
  expect(type, context).toBe(`urn:ai-cockpit:problem:${String(code)}`);
  expect(title, context).toEqual(expect.stringMatching(/\S/));
  expect(status, context).toBe(response.status);
  expect(Object.entries(problemStatus), context).toContainEqual([code, status]);
  expect(requestId, context).toBe(response.headers.get('X-Request-Id'));
  if (response.status === 401) expect(response.headers.get('WWW-Authenticate'), context).toMatch(/^Bearer /);
  expect(text, context).not.toMatch(/\bat \S+ \(|node_modules|\.ts:\d|SQLITE_|select .* from/i);
  const faults = (errors as Record<string, unknown>[]).map((error) => {
    expect(Object.keys(error).sort(), context).toEqual(['code', 'message', 'path']);
    expect(fieldErrorCodes, context).toContain(error.code);
    return `${String(error.path)}:${String(error.code)}`;
  });
  return { code: String(code), faults };
};

/** A server in this process or another. */
export type Served = Pick<TestServer, 'baseUrl' | 'session'>;

/** One HTTP request below the base URL, whose answer is held to all that the contract says of every answer. */
export const send = async <T = unknown>(server: Served, path: string, sent: Sent = {}): Promise<Exchange<T>> => {
  const { as, key, bearer, json, raw } = sent;
  const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
  const headers = new Headers(sent.headers);
  if (as) headers.set('Authorization', `Bearer ${await server.session(as)}`);
  if (bearer !== undefined) headers.set('Authorization', `Bearer ${bearer}`);
  if (key !== undefined) headers.set('X-API-KEY', key);
  if (body !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  const method = sent.method ?? (body === undefined ? 'GET' : 'POST');
  const response = await fetch(server.baseUrl + path, {
    method,
    headers,
    ...(body !== undefined && { body, ...(body instanceof ReadableStream && { duplex: 'half' }) }),
  });
  const text = await response.text();

  expect(response.headers.get('X-Request-Id'), `${method} ${path}`).toMatch(/^\w{16,}$/);
  expect(response.headers.get('Cache-Control'), `${method} ${path}`).toContain('no-store');
  const { code, faults } = response.ok ? { code: null, faults: [] } : expectProblem(response, text);
  return {
    status: response.status,
    outcome: code === null ? String(response.status) : `${response.status} ${code}`,
    faults,
    headers: response.headers,
    text,
    // The answer's type by the contract; the tests check the members that they rely on.
    json: (text ? JSON.parse(text) : undefined) as T,
  };
};

/** A problem without what makes each one unique. */
export const anonymous = ({ json }: Exchange): unknown => ({ ...(json as object), requestId: 'any' });

export const uuid = (): string => crypto.randomUUID();

/** A text that is nowhere else. */
export const canary = (name: string): string => `canary${name}${uuid().replaceAll('-', '')}`;

export const ifMatch = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` });

export const jira = (code: string, token = canary('jira')) => ({
  provider: 'jira',
  name: `Jira ${code}`,
  code,
  values: { site: 'acme.atlassian.net', email: 'bot@acme.example', token },
});

/** Adds a provider token to a person (`''`) or an organization (`/organizations/acme`). */
export const addToken = async (server: Served, as: string, owner: string, json: unknown): Promise<ProviderToken> => {
  const added = await send<ProviderToken>(server, `${owner}/provider-tokens`, { as, json });
  expect(added.outcome).toBe('201');
  return added.json;
};

export type Minted = Answer<typeof createApiKey>;

export const mint = (
  server: Served,
  as: string,
  owner: string,
  json: unknown = { description: 'For a test' },
  idempotencyKey: string = uuid(),
): Promise<Exchange<Minted>> =>
  send<Minted>(server, `${owner}/api-keys`, { as, json, headers: { 'Idempotency-Key': idempotencyKey } });

export interface Key {
  apiKey: ApiKey;
  secret: string;
}

export const mintKey = async (server: Served, as: string, owner: string, json?: unknown): Promise<Key> => {
  const made = await mint(server, as, owner, json);
  expect(made.outcome).toBe('201');
  const { apiKey, secret } = made.json;
  if (secret === null) throw new Error('A key was minted without its secret');
  return { apiKey, secret };
};

export const acme = '/organizations/acme';
export const globex = '/organizations/globex';

/** AI Cockpit One with other rules for keys. */
export const withApiKeys = (terms: Partial<NonNullable<HostPolicy['apiKeys']>>): HostPolicy => {
  if (!aiCockpitOne.apiKeys) throw new Error('AI Cockpit One offers keys');
  return { ...aiCockpitOne, apiKeys: { ...aiCockpitOne.apiKeys, columns: ['createdAt', 'status'], ...terms } };
};

/** How many rows there are of a kind. */
export const countRows = async (
  { store }: TestServer,
  table: 'apiKey' | 'providerToken' | 'minting' | 'activity' | 'person',
): Promise<number> => {
  const { count } = await store.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};
