import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A received request. */
interface Received {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** How a server answers one request, which it has read to the end. */
export type Answer = (response: ServerResponse, request: Received) => void;

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

export const problem = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
  more: object = {},
): Answer =>
  json(
    status,
    { type: 'about:blank', title: code, status, code, requestId: 'req-1', ...more },
    { 'content-type': 'application/problem+json', 'x-request-id': 'req-1', ...headers },
  );

export const text =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);

/** The answer is lost: the server has read the request, and done what it asks for all one knows. */
export const lost: Answer = (response) => response.destroy();

/** Only the beginning of an answer arrives. */
export const cutShort =
  (status: number, body: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length + 100 });
    response.write(body, () => response.destroy());
  };

export const never: Answer = () => {};

/**
 * A real server on a free port, which gives these answers in this order, the last one from then on; or answers as a
 * function of the request. It is gone when the test is.
 */
export const scriptedServer = async (script: Answer[] | Answer) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const entry = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(entry);
      const answer = typeof script === 'function' ? script : script[Math.min(received.length, script.length) - 1];
      answer?.(response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, received };
};
