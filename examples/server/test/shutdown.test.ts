import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startServer } from './harness.js';
import { acme, send, uuid } from './security/exchange.js';

it('SIGTERM during a request → it is answered, and its connection closes after the answer', async () => {
  const server = await startServer({ database: 'sqlite' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ description: 'In progress' });
  const begun = request(`${server.baseUrl}${acme}/api-keys`, {
    agent,
    method: 'POST',
    headers: {
      ...{ Authorization: `Bearer ${await server.session('ana')}`, 'Idempotency-Key': uuid() },
      ...{ 'Content-Type': 'application/json', 'Content-Length': body.length, Expect: '100-continue' },
    },
  });
  begun.flushHeaders();
  await once(begun, 'continue');
  const closed = server.close();
  begun.end(body);
  // The one argument of that event.
  const [answer] = (await once(begun, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(201);
  expect(answer.headers.connection).toBe('close');
  await buffer(answer);
  await closed;
  await expect(send(server, '/profile', { as: 'ana' })).rejects.toThrow('fetch failed');
});
