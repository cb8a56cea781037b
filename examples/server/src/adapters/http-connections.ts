import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export interface ConnectionLimits {
  /** How many at the same time; more are closed unanswered. */
  maxConnections: number;
  /** Seconds in which a whole request has to arrive. */
  requestTimeout: number;
  /** Seconds that a connection is kept on which there is no request. */
  keepAliveTimeout: number;
  /** Seconds after which a connection is closed on which a request or answer has made no progress. */
  idleTimeout: number;
}

/** Requests that one connection may send before they are answered: a client that sends more does not read. */
const longestPipeline = 64;
/** Milliseconds for one answer, however slowly its client reads it. */
const longestAnswer = 120_000;

export const connectionOptions = ({ requestTimeout, keepAliveTimeout }: ConnectionLimits): ServerOptions => ({
  requestTimeout: requestTimeout * 1000,
  // From the first byte of a request on: a connection that is kept without one has the next time limit.
  headersTimeout: requestTimeout * 1000,
  keepAliveTimeout: keepAliveTimeout * 1000,
  // How often Node looks for connections that are beyond these.
  connectionsCheckingInterval: Math.min(5, requestTimeout) * 1000,
});

/** @param onDrop Called for each connection that is one too many. */
export const limitConnections = (
  server: Server,
  { maxConnections, idleTimeout }: ConnectionLimits,
  onDrop: () => void,
): void => {
  server.maxConnections = maxConnections;
  // Without a listener for it, Node closes the connection. Bytes that the client does not take are no progress.
  server.setTimeout(idleTimeout * 1000);
  server.on('drop', onDrop);
};

interface Turns {
  answer: ServerResponse | null;
  readonly waiting: (() => void)[];
}

const turnsOf = new WeakMap<Duplex, Turns>();

/**
 * Answers the pipelined requests of a connection one after another: the next one is worked on once the client has taken
 * the answer before. Node would work on all of them and keep the answers in memory.
 */
export const answerInTurn = (listener: RequestListener): RequestListener => {
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse, turns: Turns): void => {
    const { socket } = incoming;
    if (socket.destroyed) return;
    turns.answer = outgoing;
    const tooSlow = setTimeout(() => socket.destroy(), longestAnswer).unref();
    outgoing.once('close', () => {
      clearTimeout(tooSlow);
      turns.answer = null;
      turns.waiting.shift()?.();
    });
    listener(incoming, outgoing);
  };

  return (incoming, outgoing) => {
    const { socket } = incoming;
    const turns = turnsOf.get(socket) ?? { answer: null, waiting: [] };
    turnsOf.set(socket, turns);
    if (!turns.answer) answer(incoming, outgoing, turns);
    else if (turns.waiting.length < longestPipeline) turns.waiting.push(() => answer(incoming, outgoing, turns));
    else socket.destroy();
  };
};

/** Node's parser describes a request that it cannot read in words of its own, which hold nothing of the request. */
interface ParserError extends Error {
  code?: string;
  reason?: string;
}

const statusOfFault: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/**
 * Answers bytes that are no HTTP, such as a key that is sent with the carriage return of its file. Node itself answers an
 * empty 400.
 */
export const refuseMalformed = ({ code = '', reason }: ParserError, socket: Duplex): void => {
  // Within an answer, another one would corrupt it.
  if (!socket.writable || code === 'ECONNRESET' || turnsOf.get(socket)?.answer?.headersSent) {
    socket.destroy();
    return;
  }
  const status = statusOfFault[code] ?? '400 Bad Request';
  const problem = JSON.stringify({
    type: 'urn:ai-cockpit:problem:malformed',
    title: 'The request could not be read',
    status: Number.parseInt(status, 10),
    code: 'malformed',
    ...(reason && { detail: `The request is not HTTP: ${reason}` }),
  });
  const head = ['Connection: close', 'Content-Type: application/problem+json', 'Cache-Control: no-store'].join('\r\n');
  socket.end(`HTTP/1.1 ${status}\r\n${head}\r\nContent-Length: ${Buffer.byteLength(problem)}\r\n\r\n${problem}`);
};
