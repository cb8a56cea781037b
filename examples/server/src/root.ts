import { Hono } from 'hono';
import { newId } from './domain/ids.js';
import type { Logger } from './ports/logger.js';
import type { Random } from './ports/random.js';
import { problemResponse } from './routes/problems.js';
import type { Store } from './store/store.js';

/** What stands beside the systems that one server serves: whether it lives, and whether it can work. */
export const createRoot = (stores: readonly Store[], random: Random, logger: Logger): Hono => {
  const root = new Hono();

  root.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('X-Request-Id')) context.header('X-Request-Id', newId(random));
  });

  root.get('/healthz', (context) => context.json({ status: 'ok' }));

  root.get('/readyz', async (context) => {
    try {
      await Promise.all(stores.map((store) => store.check()));
      return context.json({ status: 'ready' });
    } catch (error) {
      logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'a store does not answer');
      return problemResponse('unavailable', newId(random), { headers: { 'Retry-After': '2' } });
    }
  });

  root.notFound(() => problemResponse('not_found', newId(random)));
  root.onError((error) => {
    logger.error({ error: error.name, stack: error.stack }, 'a request failed');
    return problemResponse('internal', newId(random));
  });
  return root;
};
