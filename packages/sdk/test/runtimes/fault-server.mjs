// A server whose connections fail in every way there is. Prints its port, and that of nobody, once it listens.
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';

const profile = JSON.stringify({
  id: 'u1',
  loginName: 'ana',
  firstName: 'Ana',
  lastName: 'Silva',
  email: 'ana@acme.example',
  role: 'administrator',
  avatarUrl: null,
  organizations: [],
  version: 7,
});
const headers = { 'content-type': 'application/json', etag: '"7"', 'x-request-id': 'r1', 'x-user-id': 'u1' };
/** How often each path was asked for: how often a client has tried. */
const counts = new Map();

const faults = {
  fine: (response) => response.writeHead(200, headers).end(profile),
  'no-answer': (response) => response.socket.destroy(),
  'cut-headers': (response) => response.socket.end('HTTP/1.1 200 OK\r\nContent-Ty'),
  'cut-body': (response) => {
    response.writeHead(200, { ...headers, 'content-length': profile.length });
    response.write(profile.slice(0, 20), () => response.socket.destroy());
  },
  'cut-chunked': (response) => {
    response.writeHead(200, headers);
    response.write(profile.slice(0, 20), () => response.socket.destroy());
  },
  'no-http': (response) => response.socket.end('220 mail.example ESMTP\r\n'),
  never: () => {},
  'never-ending': (response) => response.writeHead(200, headers).write('{'),
  'once-unavailable': (response, count) =>
    count === 1
      ? response.writeHead(503, { 'retry-after': '0', 'content-type': 'text/html' }).end('<h1>Later</h1>')
      : faults.fine(response),
  'once-cut': (response, count) => (count === 1 ? faults['cut-body'](response) : faults.fine(response)),
  unavailable: (response) => response.writeHead(503, { 'retry-after': '3600' }).end(),
  redirect: (response) => response.writeHead(302, { location: '/fine/profile' }).end(),
  gzip: (response) => response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(gzipSync(profile)),
  'broken-gzip': (response) =>
    response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end('no gzip at all'),
  page: (response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
};

const server = createServer((request, response) => {
  const [, run, fault, last] = request.url.split('/');
  const key = `${run}/${fault}`;
  if (last === 'count') return response.end(`${counts.get(key) ?? 0}`);
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return faults[fault](response, count);
});
const nobody = createTcpServer();
await new Promise((resolve) => nobody.listen(0, '127.0.0.1', resolve));
const { port: refused } = nobody.address();
await new Promise((resolve) => nobody.close(resolve));
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port, refused })));
