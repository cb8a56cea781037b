import { connect } from 'node:net';
import type pg from 'pg';

const cancelRequest = 80_877_102;
const patience = 2000;

/** What the driver knows of a connection beyond its types. */
interface Backend {
  host: string;
  port: number;
  /** Of PostgreSQL or of the pooler before it: it names the connection to whoever gave it. */
  processID: number | null;
  secretKey: number | null;
}

/**
 * Has PostgreSQL give up the statement of a connection that is waited for no longer. Ending the connection is not enough:
 * a process of PostgreSQL that waits for a lock sees that only afterwards, and so many may wait that no other connection
 * can be made. By a connection of its own, as the protocol has it:
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export const cancelStatement = async (client: pg.PoolClient): Promise<void> => {
  // `pg` keeps these on each client, and its types leave them out.
  const { host, port, processID, secretKey } = client as unknown as Backend;
  if (processID === null || secretKey === null) return;
  const request = Buffer.alloc(16);
  for (const [at, value] of [16, cancelRequest, processID, secretKey].entries()) request.writeInt32BE(value, 4 * at);
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  // There is no answer: the other side closes, and a pooler forgets the request if this side does so before. Nothing is to be
  // done where it cannot be sent.
  socket.setTimeout(patience, () => socket.destroy());
  socket.on('error', () => undefined);
  socket.write(request);
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
};
