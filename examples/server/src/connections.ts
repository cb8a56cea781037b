import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

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
  isAnswering: boolean;
  readonly waiting: (() => void)[];
}

/**
 * Answers the pipelined requests of a connection one after another: the next one is worked on once the client has taken
 * the answer before. Node would work on all of them and keep the answers in memory.
 */
export const answerInTurn = (listener: RequestListener): RequestListener => {
  const turnsOf = new WeakMap<Socket, Turns>();

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse, turns: Turns): void => {
    const { socket } = incoming;
    if (socket.destroyed) return;
    turns.isAnswering = true;
    const tooSlow = setTimeout(() => socket.destroy(), longestAnswer).unref();
    outgoing.once('close', () => {
      clearTimeout(tooSlow);
      turns.isAnswering = false;
      turns.waiting.shift()?.();
    });
    listener(incoming, outgoing);
  };

  return (incoming, outgoing) => {
    const { socket } = incoming;
    const turns = turnsOf.get(socket) ?? { isAnswering: false, waiting: [] };
    turnsOf.set(socket, turns);
    if (!turns.isAnswering) answer(incoming, outgoing, turns);
    else if (turns.waiting.length < longestPipeline) turns.waiting.push(() => answer(incoming, outgoing, turns));
    else socket.destroy();
  };
};
