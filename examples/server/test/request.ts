import type { Answer, ApiKey, createApiKey, HostPolicy, Problem } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import type { TestServer } from './harness.js';

export interface Sent {
  /** The person whose session is sent as a bearer token. */
  as?: string;
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
}

/** One HTTP request below the server's base URL. */
export const request = async (
  server: Pick<TestServer, 'baseUrl' | 'session'>,
  path: string,
  sent: Sent = {},
): Promise<Response> => {
  const { as, json, method = json === undefined ? 'GET' : 'POST' } = sent;
  const headers = new Headers(sent.headers);
  if (as) headers.set('Authorization', `Bearer ${await server.session(as)}`);
  if (json !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  return fetch(server.baseUrl + path, { method, headers, body: json === undefined ? null : JSON.stringify(json) });
};

export const read = async <T>(response: Response): Promise<T> => (await response.json()) as T;

/** `409 limit_reached`, with the fields at fault where there are some: `422 invalid name:required`. */
export const outcome = async (response: Response): Promise<string> => {
  if (response.ok) return String(response.status);
  const { code, errors = [] } = await read<Problem>(response);
  return [response.status, code, ...errors.map((error) => `${error.path}:${error.code}`)].join(' ');
};

export type Minted = Answer<typeof createApiKey>;

export const mint = (server: TestServer, path: string, json: unknown, as: string, key: string = crypto.randomUUID()) =>
  request(server, path, { as, json, headers: { 'Idempotency-Key': key } });

export const minted = async (response: Response): Promise<{ apiKey: ApiKey; secret: string }> => {
  const { apiKey, secret } = await read<Minted>(response);
  if (response.status !== 201 || secret === null) throw new Error(`No key was minted: ${response.status}`);
  return { apiKey, secret };
};

type ApiKeysTerms = NonNullable<HostPolicy['apiKeys']>;

/** AI Cockpit One with other rules for keys. */
export const withApiKeys = (terms: Partial<ApiKeysTerms>): HostPolicy => {
  if (!aiCockpitOne.apiKeys) throw new Error('AI Cockpit One offers keys');
  return { ...aiCockpitOne, apiKeys: { ...aiCockpitOne.apiKeys, columns: ['createdAt', 'status'], ...terms } };
};
