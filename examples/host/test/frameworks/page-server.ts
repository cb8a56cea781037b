import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { extname, join } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

interface PageServerOptions {
  port: number;
  folder: string;
  headers?: Readonly<Record<string, string>>;
  /** The origin to which requests for the API are proxied, with the page's own `Host`. */
  api?: string;
}

/** Serves the files of a folder, as a host does or a CDN. */
export const servePages = async ({ port, folder, headers = {}, api }: PageServerOptions): Promise<Server> => {
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    if (api && pathname.startsWith('/ai-cockpit-one/')) {
      const { method, headers } = incoming;
      const onward = request(`${api}${incoming.url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
      return;
    }
    const path = join(folder, pathname === '/' ? 'index.html' : pathname);
    readFile(path).then(
      (content) =>
        outgoing
          .writeHead(200, { 'Content-Type': mediaTypes[extname(path)] ?? 'application/octet-stream', ...headers })
          .end(content),
      () => outgoing.writeHead(404).end(),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
