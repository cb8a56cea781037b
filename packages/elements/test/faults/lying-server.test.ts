import { expect } from '@open-wc/testing';
import { textOf } from '../page.js';
import { startServer, type TestServer } from '../server.js';
import { atEase, fill, mount, readers, recovers, withAvatars } from './elements.js';
import { lies, onlyAt } from './faults.js';
import { accidents, everythingSaid, gibberish } from './screen.js';

/* The server holds the same for all of these tests: reading changes nothing. */
describe('wrong answers to reads (57)', () => {
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
    for (const { name, fault } of lies) {
      it(`57 <${reader.tag}>: ${name} as the answer: shows an error, and “Try again” reads again`, async () => {
        for (const place of reader.reads) {
          server.fault(onlyAt(place, fault));
          const element = await mount(reader, server.client('ana'));
          await atEase(element);
          expect(everythingSaid(element), place).not.to.match(gibberish);
          server.fault();
          if (/unexpected response|This service could not be found|could not be loaded/.test(textOf(element))) {
            await recovers(element, reader);
          }
          element.remove();
        }
        expect(watched.seen).to.deep.equal([]);
      });
    }
  }
});
