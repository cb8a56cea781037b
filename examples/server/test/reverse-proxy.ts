import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReverseProxyOptions {
  /** The path prefix that is forwarded; all other paths are 404. */
  prefix?: string;
  /** Whether it takes that off. */
  strips?: boolean;
  /** Headers of its own, from those that came and the address that they came from. */
  addedHeaders?: (incoming: IncomingMessage) => Record<string, string>;
  /** Names of headers that it does not pass on, in lower case. */
  droppedHeaders?: readonly string[];
  /** As nginx does when it compresses. */
  weakensTags?: boolean;
}

export interface ReverseProxy {
  origin: string;
  /** Where it passes requests on to, once that is known. */
  forwardTo: (origin: string) => void;
  close: () => Promise<void>;
}

/** A small reverse proxy as stands before servers: it rewrites nothing of an answer but, if told so, its tags. */
export const startReverseProxy = async ({
  prefix = '',
  strips = false,
  addedHeaders = () => ({}),
  droppedHeaders = [],
  weakensTags = false,
}: ReverseProxyOptions): Promise<ReverseProxy> => {
  let target = '';
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    if (!path.startsWith(`${prefix}/`)) {
      outgoing.writeHead(404).end('The proxy has nothing there');
      return;
    }
    const headers = { ...incoming.headers, ...addedHeaders(incoming) };
    for (const name of droppedHeaders) delete headers[name];
    const passedOn = request(
      target + (strips ? path.slice(prefix.length) : path),
      { method: incoming.method ?? 'GET', headers },
      (answer) => {
        const { etag } = answer.headers;
        const headers = { ...answer.headers, ...(weakensTags && etag && { etag: `W/${etag}` }) };
        outgoing.writeHead(answer.statusCode ?? 502, headers);
        answer.pipe(outgoing);
      },
    );
    passedOn.on('error', () => outgoing.destroy());
    incoming.pipe(passedOn);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo: (origin) => {
      target = origin;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
