import { connect } from 'node:net';
import { parentPort } from 'node:worker_threads';

/** What presses on the server. */
export type Load =
  | { kind: 'burst'; baseUrl: string; session: string; count: number }
  | { kind: 'unread'; baseUrl: string; clients: number; requests: number };

/** How many answers there were of each status; of clients that never read, how many there are. */
export type LoadResult = Record<string, number>;

const burst = async ({ baseUrl, session, count }: Extract<Load, { kind: 'burst' }>): Promise<LoadResult> => {
  const counts: LoadResult = {};
  const create = async (at: number): Promise<string> => {
    try {
      const { status, body } = await fetch(`${baseUrl}/api-keys`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${session}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': crypto.randomUUID(),
        },
        body: JSON.stringify({ name: `Burst ${at} ${crypto.randomUUID()}` }),
      });
      await body?.cancel();
      return String(status);
    } catch {
      return 'no answer';
    }
  };
  for (const outcome of await Promise.all(Array.from({ length: count }, (_, at) => create(at))))
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

/** Clients that send, and stay without reading until the thread ends. */
const unread = async ({ baseUrl, clients, requests }: Extract<Load, { kind: 'unread' }>): Promise<LoadResult> => {
  const { hostname, port, host, pathname } = new URL(`${baseUrl}/openapi.json`);
  const text = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(requests);
  await Promise.all(
    Array.from(
      { length: clients },
      () =>
        new Promise<void>((resolve) => {
          const socket = connect(Number(port), hostname, () => socket.pause().write(text, () => resolve()));
          socket.on('error', () => resolve());
        }),
    ),
  );
  return { clients };
};

export const runLoad = async (load: Load): Promise<void> => {
  parentPort?.postMessage('started');
  const result = load.kind === 'burst' ? await burst(load) : await unread(load);
  parentPort?.postMessage(result);
};
