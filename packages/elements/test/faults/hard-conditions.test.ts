import { expect, nextFrame } from '@open-wc/testing';
import { createCockpit } from '@ai-cockpit/sdk';
import { appears, deepAll, says, textOf, waitUntil } from '../page.js';
import { held, offline, startServer, status, type TestServer } from '../server.js';
import { fill, mount, readers, recovers, withAvatars } from './elements.js';
import { accidents } from './screen.js';

/* The server holds the same for all of these tests: reading changes nothing. */
describe('reads under hard conditions (60)', () => {
  let server: TestServer;
  let watched: ReturnType<typeof accidents>;
  before(async () => {
    server = await startServer(withAvatars);
    await fill(server);
  });
  after(() => server.close());
  beforeEach(() => {
    watched = accidents();
  });
  afterEach(() => {
    watched.stop();
    server.fault();
  });

  for (const reader of readers) {
    it(`60 <${reader.tag}>: a network that comes back: retries, and shows no error`, async () => {
      let failures = 1;
      server.fault((request, next) => (failures-- > 0 ? offline(request, next) : next(request)));
      const element = await mount(reader, createCockpit(server.connection('ana')));
      await waitUntil(() => deepAll(element, reader.content).length > 0, 'it did not recover');
      expect(deepAll(element, '[part="problem"]')).to.have.length(0);
    });

    it(`60 <${reader.tag}>, removed from the page: aborts its request, and reads when inserted again`, async () => {
      const { fault, release } = held();
      server.fault(fault);
      const element = await mount(reader, server.client('ana'));
      const { parentElement } = element;
      element.remove();
      release();
      server.fault();
      await nextFrame();
      parentElement?.append(element);
      await appears(element, reader.content);
      expect(watched.seen).to.deep.equal([]);
    });

    it(`60 <${reader.tag}>, session expired: says so, and continues after signing in`, async () => {
      const client = server.client('ana');
      server.lapse('ana');
      const element = await mount(reader, client);
      await waitUntil(() => deepAll(element, '[part="retry"]').length > 0);
      if (reader.tag !== 'organization-select') await says(element, 'Your session has expired. Sign in again');
      server.renew('ana');
      await recovers(element, reader);
    });

    it(`60 <${reader.tag}>, no session: says that nobody is signed in`, async () => {
      server.fault(status(401));
      const element = await mount(reader, server.client('ana'));
      await waitUntil(() => deepAll(element, '[part="retry"]').length > 0);
      if (reader.tag !== 'organization-select') await says(element, 'You are not signed in. Sign in, then try again.');
    });
  }

  it('60 a slow server: the element says that it is still waiting', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const client = server.client('ana');
    // A button that is not there yet says nothing.
    const waiting = readers.filter(({ tag }) => tag !== 'api-key-create');
    const elements = await Promise.all(waiting.map((reader) => mount(reader, client)));
    const isSaid = (element: Element) => textOf(element).includes('This is taking longer than usual.');
    await waitUntil(() => elements.every(isSaid), 'it was not said');
    for (const element of elements) await expect(element).to.be.accessible();
    release();
    for (const [at, { content }] of waiting.entries()) if (elements[at]) await appears(elements[at], content);
    await waitUntil(() => !elements.some(isSaid));
  });
});
