import { expect, nextFrame } from '@open-wc/testing';
import { createCockpit } from '@ai-cockpit/sdk';
import { appears, deepAll, says, textOf, waitUntil } from '../page.js';
import { held, offline, startServer, status, type TestServer } from '../server.js';
import { fill, mount, readers, recovers, withAvatars } from './elements.js';
import { accidents } from './screen.js';

/* The server holds the same for all of these tests: reading changes nothing. */
describe('what is read under hard conditions (60)', () => {
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
    it(`60 <${reader.tag}> is patient by itself with a network that comes back, and shows no fault`, async () => {
      let failures = 1;
      server.fault((request, next) => (failures-- > 0 ? offline(request, next) : next(request)));
      const element = await mount(reader, createCockpit(server.connection('ana')));
      await waitUntil(() => deepAll(element, reader.content).length > 0, 'it did not recover');
      expect(deepAll(element, '[part="problem"]')).to.have.length(0);
    });

    it(`60 <${reader.tag}> lets go of what is under way when it is taken from the page, and reads it when it is put back`, async () => {
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

    it(`60 <${reader.tag}> says that the session has ended, and goes on in the next`, async () => {
      const client = server.client('ana');
      server.lapse('ana');
      const element = await mount(reader, client);
      await waitUntil(() => deepAll(element, '[part="retry"]').length > 0);
      if (reader.tag !== 'organization-select') await says(element, 'Your session has expired. Sign in again');
      server.renew('ana');
      await recovers(element, reader);
    });

    it(`60 <${reader.tag}> says that nobody is signed in where nobody is`, async () => {
      server.fault(status(401));
      const element = await mount(reader, server.client('ana'));
      await waitUntil(() => deepAll(element, '[part="retry"]').length > 0);
      if (reader.tag !== 'organization-select') await says(element, 'You are not signed in. Sign in, then try again.');
    });
  }

  it('60 says that it is still at it where the server takes long', async () => {
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
