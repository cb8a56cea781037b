import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { findNginx } from '../../../../scripts/nginx.mjs';
import { selfSigned } from '../certificates.js';
import { startReverseProxy } from '../reverse-proxy.js';
import { fileOf } from './example.js';

/** The public entry of people's requests. */
export interface Front {
  /** Sends a request to it, whatever DNS knows of the host in the address. */
  fetch: (request: Request) => Promise<Response>;
  close: () => Promise<void>;
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  // Listening on a port.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

/** Until something accepts connections there. */
const accepting = async (port: number): Promise<void> => {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** To this port of this machine, with the host of the address as its `Host`. */
const fetchAt =
  (port: number, ca?: string) =>
  async (request: Request): Promise<Response> => {
    const { host, pathname, search } = new URL(request.url);
    const to = {
      ...{ host: '127.0.0.1', port, path: pathname + search, method: request.method },
      headers: { ...Object.fromEntries(request.headers), host },
    };
    const sent = ca ? httpsRequest({ ...to, ca, servername: 'localhost' }) : httpRequest(to);
    sent.end(Buffer.from(await request.arrayBuffer()));
    // The one argument of that event.
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const { statusCode: status = 502, headers } = answer;
    const body = await buffer(answer);
    // Those that may come more than once come as a list.
    const single = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
    return new Response(status === 204 || status === 304 ? null : new Uint8Array(body), {
      status,
      headers: Object.fromEntries(single),
    });
  };

/** nginx itself, by the example's file; its own addresses and certificate are exchanged for these. */
const startNginx = async (program: string, upstreams: readonly string[]): Promise<Front> => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-nginx-'));
  const { key, cert } = await selfSigned();
  writeFileSync(join(folder, 'key.pem'), key);
  writeFileSync(join(folder, 'cert.pem'), cert);
  const port = await freePort();
  const [first = '', second = ''] = upstreams.map((origin) => new URL(origin).host);
  const site = fileOf('nginx.conf')
    .replace('127.0.0.1:4400', first)
    .replace('127.0.0.1:4401', second)
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace(/ssl_certificate \S+;/, `ssl_certificate ${folder}/cert.pem;`)
    .replace(/ssl_certificate_key \S+;/, `ssl_certificate_key ${folder}/key.pem;`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  const main = `daemon off; master_process off; pid ${folder}/pid; error_log stderr warn; events {}
    http { access_log off; ${temporary}
    ${site} }`;
  writeFileSync(join(folder, 'nginx.conf'), main);
  const nginx = spawn(program, ['-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  nginx.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(nginx, 'exit');
  await Promise.race([accepting(port), ended.then(() => Promise.reject(new Error(`nginx ended: ${said}`)))]);
  return {
    fetch: fetchAt(port, cert),
    close: async () => {
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
};

/** Where nginx is not installed: the same path and headers, by a proxy of the tests. */
const startSmallProxy = async (upstream: string): Promise<Front> => {
  const file = fileOf('nginx.conf');
  const [, prefix = ''] = /location (\S+)\/ \{/.exec(file) ?? [];
  const headers = [...file.matchAll(/proxy_set_header (\S+) (\S+);/g)].map(
    ([, name = '', value = '']) => [name.toLowerCase(), value] as const,
  );
  const proxy = await startReverseProxy({
    prefix,
    droppedHeaders: headers.flatMap(([name, value]) => (value === '""' && name !== 'connection' ? [name] : [])),
    addedHeaders: ({ headers: came, socket }) => {
      const values: Record<string, string> = {
        $host: came.host ?? '',
        $scheme: 'https',
        $proxy_add_x_forwarded_for: [came['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
      };
      return Object.fromEntries(headers.flatMap(([name, value]) => (values[value] ? [[name, values[value]]] : [])));
    },
  });
  proxy.forwardTo(upstream);
  return { fetch: fetchAt(Number(new URL(proxy.origin).port)), close: proxy.close };
};

/** @param upstreams The two server processes. */
export const startFront = (upstreams: readonly [string, string]): Promise<Front> => {
  const program = findNginx();
  return program ? startNginx(program, upstreams) : startSmallProxy(upstreams[0]);
};
