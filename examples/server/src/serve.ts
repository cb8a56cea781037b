import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpBindings, serve as serveNode } from '@hono/node-server';

export interface Serving {
  /** As `http://host:port`, with the port that was given. */
  origin: string;
  /** Lets running requests end, for a while. */
  close(): Promise<void>;
}

/** The address of whoever is connected: a proxy's, where there is one. */
export const sourceOf = (env: unknown): string =>
  // What node-server hands over with each request.
  (env as HttpBindings).incoming.socket.remoteAddress ?? 'unknown';

/** An IPv6 address stands in brackets there. */
export const originOf = (hostname: string, port: number): string =>
  `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;

/** What answers, given what node-server hands over with each request. */
export interface Answering {
  fetch(request: Request, env: object): Response | Promise<Response>;
}

export const serve = (app: Answering, hostname: string, port: number): Promise<Serving> =>
  new Promise((resolve, reject) => {
    // Plain HTTP/1 is what node-server makes unless told otherwise.
    const server = serveNode(
      { fetch: (request, env) => app.fetch(request, env), hostname, port },
      ({ port: given }: AddressInfo) => {
        resolve({ origin: originOf(hostname, given), close });
      },
    ) as Server;
    server.once('error', reject);
    const close = closing(server);
  });

const patience = 5000;

/**
 * Node waits for every connection, among them those that a client opened and never used: here only requests that are
 * being answered are waited for.
 */
const closing = (server: Server): (() => Promise<void>) => {
  const answering = new Set<ServerResponse>();
  let isClosing = false;
  const closeWhenDone = () => {
    if (isClosing && answering.size === 0) server.closeAllConnections();
  };
  server.on('request', (_, response: ServerResponse) => {
    answering.add(response);
    response.once('close', () => {
      answering.delete(response);
      closeWhenDone();
    });
  });
  return () =>
    new Promise((resolve) => {
      const impatient = setTimeout(() => server.closeAllConnections(), patience);
      isClosing = true;
      server.close(() => {
        clearTimeout(impatient);
        resolve();
      });
      closeWhenDone();
    });
};
