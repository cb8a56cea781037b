import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { freePort } from '../started-server.js';
import { bundledPage } from './bundled-page.js';
import { servePages } from './page-server.js';
import { itWorks } from './use-it.js';

describe('Parcel', async () => {
  const app = await bundledPage({ name: 'parcel', title: 'Parcel', framework: 'parcel' });
  const port = await freePort();
  let server: Server;

  // Parcel writes an import map into the page, above its policy, which the reference server's own policy would refuse.
  beforeAll(async () => {
    server = await servePages({ port, folder: join(app.folder, 'dist'), api: app.demo.server.origin });
  });
  afterAll(() => server.close());

  itWorks(app, () => app.demo.open({ baseURL: `http://127.0.0.1:${port}` }));
});
