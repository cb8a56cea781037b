import openapi from '@ai-cockpit/sdk/openapi.json' with { type: 'json' };
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { base64url, type Bytes, utf8 } from '../values/bytes.js';
import { sha256 } from '../domain/keyring.js';
import type { ContentEncoding } from '../ports/content-encoding.js';

interface Representation {
  body: Bytes;
  tag: string;
}

const identity: ContentEncoding = { name: 'identity', encode: (bytes) => Promise.resolve(bytes) };

/** The first of ours that the client takes: they stand in the order of their size. */
const preferred: NonNullable<Parameters<typeof accepts>[1]['match']> = (offered, { supports }) =>
  supports.find((name) => offered.some(({ type, q }) => (type === name || type === '*') && q > 0)) ?? identity.name;

const isKnown = (tag: string, ifNoneMatch: string | undefined): boolean =>
  (ifNoneMatch ?? '').split(',').some((known) => ['*', tag, `W/${tag}`].includes(known.trim()));

/** As a stream, since a `Response` copies bytes: then each client that does not read would hold a copy. */
const streamOf = (bytes: Bytes): ReadableStream =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

/** Every client gets the same bytes: made once in each encoding, and kept. `apiUrl` is where people reach the API. */
export const openapiDocument = (
  apiUrl: URL,
  encodings: readonly ContentEncoding[],
): ((context: Context) => Promise<Response>) => {
  const text = JSON.stringify({ ...openapi, servers: [{ url: apiUrl.href }] });
  const kept = new Map<string, Promise<Representation>>();
  const represent = async (encoding: ContentEncoding): Promise<Representation> => {
    const hash = base64url((await sha256(text)).subarray(0, 12));
    return { body: await encoding.encode(utf8(text)), tag: `"${hash}-${encoding.name}"` };
  };

  return async (context) => {
    const supports = encodings.map(({ name }) => name);
    const name = accepts(context, {
      header: 'Accept-Encoding',
      supports,
      default: identity.name,
      match: preferred,
    });
    const encoding = encodings.find((each) => each.name === name) ?? identity;
    const representation = kept.get(encoding.name) ?? represent(encoding);
    kept.set(encoding.name, representation);
    const { body, tag } = await representation;
    const headers = { ETag: tag, Vary: 'Accept-Encoding', 'Cache-Control': 'no-cache' };
    if (isKnown(tag, context.req.header('If-None-Match'))) return context.body(null, 304, headers);
    return context.body(streamOf(body), 200, {
      ...headers,
      'Content-Length': String(body.length),
      'Content-Type': 'application/json',
      ...(encoding !== identity && { 'Content-Encoding': encoding.name }),
    });
  };
};
