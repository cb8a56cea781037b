import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import { newId } from '../domain/ids.js';
import type { Logger } from '../ports/logger.js';
import type { Random } from '../ports/random.js';
import { problemResponse } from './problems.js';
import type { Store } from '../store/store.js';

/** The app that holds all products of one server, with the routes for liveness and readiness. */
export const createRoot = (
  stores: readonly Store[],
  random: Random,
  logger: Logger,
  pathOf: (request: Request) => string = getPath,
): Hono => {
  const root = new Hono({ getPath: pathOf });

  root.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('X-Request-Id')) context.header('X-Request-Id', newId(random));
  });

  root.on('GET', ['/livez', '/healthz'], (context) => context.json({ status: 'ok' }));

  root.get('/readyz', async (context) => {
    try {
      await Promise.all(stores.map((store) => store.check()));
      return context.json({ status: 'ready' });
    } catch (error) {
      logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a store does not answer');
      return problemResponse('unavailable', newId(random), { headers: { 'Retry-After': '2' } });
    }
  });

  // A problem would read as the answer of an operation: that something has been deleted.
  root.notFound((context) => context.text('There is no API at this path.', 404));
  root.onError((error) => {
    logger.error({ error: error.name, stack: error.stack }, 'a request failed');
    return problemResponse('internal', newId(random));
  });
  return root;
};
