import { TimeoutError } from '@ai-cockpit/sdk';
import { type ProblemCode, problemStatus } from '@ai-cockpit/sdk/contract';
import { answerLost, type Fault, offline } from '../server.js';

/** A fault, and the text that the element has to show. */
export interface Misfortune {
  readonly name: string;
  readonly fault: Fault;
  readonly words: string;
  /** The advice, where the server gives one. */
  readonly advice?: string;
  /** Has a layout of its own, which is checked for accessibility as well. */
  readonly looks?: 'plain' | 'with its request';
}

/** Answers with that problem, as the server does. */
export const refused =
  (code: ProblemCode, headers: Record<string, string> = {}, more: object = {}): Fault =>
  () => {
    const status = problemStatus[code];
    const problem = { type: 'about:blank', title: code, status, code, requestId: 'request-7', ...more };
    const all = { 'content-type': 'application/problem+json', 'x-request-id': 'request-7', ...headers };
    return Promise.resolve(new Response(JSON.stringify(problem), { status, headers: all }));
  };

/** Refuses what stands in one field. */
export const refusedAt = (path: string): Fault =>
  refused('invalid', {}, { errors: [{ path, code: 'characters', message: 'not these' }] });

const unexpected = 'Something went wrong.';

/** That something could not be done for: it may be tried again, by the same press. */
export const misfortunes: readonly Misfortune[] = [
  { name: 'there is no network', fault: offline, words: 'The server could not be reached.', looks: 'plain' },
  {
    name: 'the server does not answer in time',
    // The client's own error once its time is up, without the wait: the SDK's tests have that.
    fault: ({ method, url }) => Promise.reject(new TimeoutError(`${method} ${new URL(url).pathname}`)),
    words: 'The server took too long to answer.',
  },
  { name: 'the request is refused as malformed (400)', fault: refused('malformed'), words: unexpected },
  { name: 'it is forbidden (403)', fault: refused('forbidden'), words: 'You do not have access to this.' },
  { name: 'the state is another (409)', fault: refused('not_active'), words: unexpected },
  { name: 'a field that is not shown is at fault (422)', fault: refused('invalid'), words: unexpected },
  {
    name: 'there were too many requests (429)',
    fault: refused('rate_limited', { 'retry-after': '90' }),
    words: 'Too many requests.',
    advice: 'Try again in 2 minutes.',
  },
  { name: 'the server fails (500)', fault: refused('internal'), words: unexpected, looks: 'with its request' },
  {
    name: 'the server is down for a while (503)',
    fault: refused('unavailable', { 'retry-after': '30' }),
    words: 'The server is not available right now.',
    advice: 'Try again in 30 seconds.',
  },
];

/** That is not known to have been done or not. */
export const lostAnswer: Misfortune = {
  name: 'the answer is lost after the server has done it',
  fault: answerLost,
  words: 'The server could not be reached.',
};

/** Falls on requests of these methods alone. */
export const onlyOn =
  (methods: readonly string[], fault: Fault): Fault =>
  (request, next) =>
    methods.includes(request.method) ? fault(request, next) : next(request);

export const writing = ['POST', 'PATCH', 'PUT', 'DELETE'];

/** Falls on what is asked of an address that ends like this. */
export const onlyAt =
  (end: string, fault: Fault): Fault =>
  (request, next) =>
    new URL(request.url).pathname.endsWith(end) ? fault(request, next) : next(request);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const mapped = (json: Json, change: (leaf: Json) => Json): Json => {
  if (Array.isArray(json)) return json.map((it) => mapped(it, change));
  if (json === null || typeof json !== 'object') return change(json);
  return Object.fromEntries(Object.entries(json).map(([name, it]) => [name, mapped(it, change)]));
};

const lying =
  (tell: (body: string) => BodyInit | null, status = 200): Fault =>
  async (request, next) => {
    const response = await next(request);
    const { headers } = response;
    return new Response(tell(await response.text()), { status, headers });
  };
const lyingJson = (change: (leaf: Json) => Json) =>
  lying((body) => (body ? JSON.stringify(mapped(JSON.parse(body) as Json, change)) : body));

/** Answers that no server of the contract gives. */
export const lies: readonly { readonly name: string; readonly fault: Fault }[] = [
  { name: 'HTML', fault: lying(() => '<!doctype html><h1>It works!</h1>') },
  { name: 'truncated JSON', fault: lying((body) => body.slice(0, Math.max(1, body.length / 2))) },
  {
    name: 'no content (204)',
    fault: async (request, next) => (await next(request), new Response(null, { status: 204 })),
  },
  { name: 'an empty body', fault: lying(() => '') },
  { name: 'null', fault: lying(() => 'null') },
  { name: 'a list', fault: lying(() => '[]') },
  { name: 'an empty object', fault: lying(() => '{}') },
  { name: '10 MB', fault: lying((body) => body + ' '.repeat(10_000_000)) },
  { name: 'nulls for values', fault: lyingJson(() => null) },
  { name: 'objects for values', fault: lyingJson((leaf) => ({ value: leaf })) },
  { name: 'numbers for texts', fault: lyingJson((leaf) => (typeof leaf === 'string' ? 7 : leaf)) },
  { name: 'texts for numbers', fault: lyingJson((leaf) => (typeof leaf === 'number' ? String(leaf) : leaf)) },
  {
    name: 'empty texts',
    fault: lyingJson((leaf) => (typeof leaf === 'string' && Number.isNaN(Date.parse(leaf)) ? '' : leaf)),
  },
  {
    name: 'words that nobody knows',
    fault: lyingJson((leaf) => (typeof leaf === 'string' && Number.isNaN(Date.parse(leaf)) ? `novel-${leaf}` : leaf)),
  },
  {
    name: 'dates that are none',
    fault: lyingJson((leaf) => (typeof leaf === 'string' && /^\d{4}-/.test(leaf) ? 'tomorrow' : leaf)),
  },
  { name: 'a redirect', fault: lying(() => null, 302) },
];
