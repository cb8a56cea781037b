import type { AnyReply } from './reply.js';

interface Surroundings {
  /** The status that the operation declares for a success. */
  status: number;
  /** The path by which the client asked, and its query: a link to the next page repeats them. */
  path: string;
  search: URLSearchParams;
  /** The headers of each answer. */
  headers: Record<string, string>;
}

const tagOf = (version: number | null): Record<string, string> => (version === null ? {} : { ETag: `"${version}"` });

const linkTo = (path: string, search: URLSearchParams, nextCursor: string | null): Record<string, string> => {
  if (nextCursor === null) return {};
  const query = new URLSearchParams(search);
  query.set('cursor', nextCursor);
  return { Link: `<${path}?${query}>; rel="next"` };
};

/** Bytes that somebody sent: shown as what they say they are, and as nothing that could do anything. */
const headersOfBytes = ({ type }: Blob): Record<string, string> => ({
  'Content-Type': type,
  'Content-Disposition': `inline; filename="${type.replace('/', '.')}"`,
  'Content-Security-Policy': "default-src 'none'; sandbox",
});

/** The response to a request that was done. */
export const replyResponse = (reply: AnyReply, { status, path, search, headers }: Surroundings): Response => {
  switch (reply.kind) {
    case 'empty':
      return new Response(null, { status, headers });
    case 'redirect':
      return new Response(null, { status, headers: { ...headers, Location: reply.location } });
    case 'bytes':
      return new Response(reply.body, {
        status,
        headers: { ...headers, ...headersOfBytes(reply.body), ...tagOf(reply.version) },
      });
    case 'json':
      return new Response(JSON.stringify(reply.body), {
        status,
        headers: {
          'Content-Type': 'application/json',
          ...headers,
          ...tagOf(reply.version),
          ...linkTo(path, search, reply.nextCursor),
        },
      });
  }
};
