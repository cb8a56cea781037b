import { server } from '../../../cockpit.server';
import type { RequestHandler } from './$types';

/** The pages and their API have one origin, as the session's cookie asks. */
export const fallback: RequestHandler = async ({ request, url }) => {
  const headers = new Headers(request.headers);
  // Headers of this connection, which the next one sets for itself.
  for (const name of ['host', 'connection', 'content-length', 'accept-encoding']) headers.delete(name);
  const body = request.body && (await request.arrayBuffer());
  return fetch(`${server}${url.pathname}${url.search}`, { method: request.method, headers, body, redirect: 'manual' });
};
