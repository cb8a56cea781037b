import { expect } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../page.js';
import { startServer, type TestServer } from '../server.js';
import { atEase, fill, mount, readers, recovers, withAvatars } from './elements.js';
import { misfortunes } from './faults.js';
import { accidents, everythingSaid, gibberish } from './screen.js';

/* The server holds the same for all of these tests: reading changes nothing. */
describe('failed reads (60)', () => {
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
    server.closeClients();
    server.fault();
  });

  for (const reader of readers) {
    for (const { name, fault, words, looks, advice = '' } of misfortunes) {
      it(`60 <${reader.tag}>, ${name}: shows an error, and “Try again” reads again`, async () => {
        server.fault(fault);
        const element = await mount(reader, server.client('ana'));
        // A chooser has no room for more than one sentence.
        await says(element, reader.tag === 'organization-select' ? 'Your organizations could not be loaded.' : words);
        if (reader.tag !== 'organization-select') expect(textOf(element)).to.include(advice);
        expect(everythingSaid(element)).not.to.match(gibberish);
        if (looks) await expect(element).to.be.accessible();
        server.fault();
        await recovers(element, reader);
        expect(watched.seen).to.deep.equal([]);
      });
    }
  }

  it('60 <profile-form>: a server that never answers is reported after the client’s timeout', async () => {
    server.fault(() => new Promise(() => {}));
    const reader = readers.find(({ tag }) => tag === 'profile-form');
    const element = await mount(reader ?? expect.fail(), server.client('ana', 100));
    await says(element, 'The server took too long to answer.');
  });

  for (const reader of readers.filter(({ content }) => content === 'tbody tr')) {
    for (const { name, fault, words, looks } of misfortunes) {
      it(`60 <${reader.tag}>, ${name}: keeps its rows and the search`, async () => {
        const element = await mount(reader, server.client('ana'));
        await appears(element, 'tbody tr');
        const rows = deepAll(element, 'tbody tr').length;
        server.fault(fault);
        const search = deep<HTMLInputElement>(element, '[part="search"]');
        type(search, 'n');
        await says(element, words);
        expect(deepAll(element, 'tbody tr')).to.have.length(rows);
        expect(search.value).to.equal('n');
        if (looks) await expect(element).to.be.accessible();
        server.fault();
        button(element, 'Try again').click();
        await waitUntil(() => !textOf(element).includes(words));
        await atEase(element);
        expect(search.value).to.equal('n');
      });
    }
  }
});
