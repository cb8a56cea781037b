import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import {
  answerInTurn,
  type ConnectionLimits,
  connectionOptions,
  limitConnections,
  refuseMalformed,
} from './http-connections.js';

export interface Serving {
  /** As `http://host:port`, with the port that was given. */
  origin: string;
  /** Lets running requests end, for a while; answers how many had to be cut off. */
  close(): Promise<number>;
}

/** The address of the machine that is connected: a proxy's, where there is one. */
export const peerOf = (env: unknown): string =>
  // The bindings that node-server passes with each request.
  (env as HttpBindings).incoming.socket.remoteAddress ?? 'unknown';

/** An IPv6 address stands in brackets there. */
export const originOf = (hostname: string, port: number): string =>
  `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;

/** An app that answers requests, given the bindings that node-server passes with each. */
export interface Answering {
  fetch(request: Request, env: object): Response | Promise<Response>;
}

export interface ServeOptions {
  hostname: string;
  port: number;
  limits: ConnectionLimits;
  /** Called for each connection that is one too many. */
  onDrop: () => void;
}

export const serve = (app: Answering, { hostname, port, limits, onDrop }: ServeOptions): Promise<Serving> =>
  new Promise((resolve, reject) => {
    // Plain HTTP/1 is what node-server makes unless told otherwise.
    const server = createAdaptorServer({
      fetch: (request, env) => app.fetch(request, env),
      hostname,
      // Node itself reads past what is left of a refused request's body, until `requestTimeout`. node-server would close
      // the connection after half a second, and with it what a busy client sends next.
      autoCleanupIncoming: false,
      serverOptions: connectionOptions(limits),
      // node-server gives both; Node's own type leaves either out.
      createServer: ((options: ServerOptions, listener: RequestListener) =>
        createServer(options, answerInTurn(listener))) as typeof createServer,
    }) as Server;
    server.once('error', reject);
    limitConnections(server, limits, onDrop);
    server.on('clientError', refuseMalformed);
    const close = closing(server);
    // As many connections at once as there may be: with Node's 511, a burst would wait for the network to try again.
    server.listen({ port, host: hostname, backlog: limits.maxConnections }, () => {
      // Of a server that listens on a port.
      const { port: given } = server.address() as AddressInfo;
      resolve({ origin: originOf(hostname, given), close });
    });
  });

const patience = 5000;

/**
 * Node waits for every connection, among them those that a client opened and never used: here only requests that are
 * being answered are waited for. Each connection ends with the answer that it waits for.
 */
const closing = (server: Server): (() => Promise<number>) => {
  const answering = new Set<ServerResponse>();
  let isClosing = false;
  const closeWhenDone = () => {
    if (isClosing && answering.size === 0) server.closeAllConnections();
  };
  server.prependListener('request', (_, response: ServerResponse) => {
    if (isClosing) response.shouldKeepAlive = false;
    answering.add(response);
    response.once('close', () => {
      answering.delete(response);
      closeWhenDone();
    });
  });
  return () =>
    new Promise((resolve) => {
      let cutOff = 0;
      const impatient = setTimeout(() => {
        cutOff = answering.size;
        server.closeAllConnections();
      }, patience);
      isClosing = true;
      // Else a connection that is never idle, as of a proxy, would bring requests until it is cut off in the middle of one.
      for (const response of answering) response.shouldKeepAlive = false;
      server.close(() => {
        clearTimeout(impatient);
        resolve(cutOff);
      });
      closeWhenDone();
    });
};
