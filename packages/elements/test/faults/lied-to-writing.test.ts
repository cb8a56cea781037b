import { expect } from '@open-wc/testing';
import { deepAll, says, textOf } from '../page.js';
import { startServer, type TestServer } from '../server.js';
import { atEase, withAvatars } from './elements.js';
import { lies, onlyOn, writing } from './faults.js';
import { forms } from './forms.js';
import { accidents, everythingSaid, gibberish } from './screen.js';

describe('wrong answers to writes (57)', () => {
  let server: TestServer;
  let watched: ReturnType<typeof accidents>;
  beforeEach(async () => {
    server = await startServer(withAvatars);
    watched = accidents();
  });
  afterEach(async () => {
    watched.stop();
    server.fault();
    await server.close();
  });

  for (const { name: form, open, outcome, wanted } of forms) {
    for (const { name, fault } of lies) {
      it(`57 ${form}: ${name} as the answer: shows an error, and writes nothing twice`, async () => {
        const { element, contents, submit, done } = await open(server, server.client('ana'));
        const typed = contents();
        const finished = done().then(
          () => true,
          () => false,
        );
        server.fault(onlyOn(writing, fault));
        submit();
        await atEase(element);
        expect(everythingSaid(element)).not.to.match(gibberish);
        server.fault();
        if (/unexpected response|This service could not be found/.test(textOf(element))) {
          if (typed) expect(contents()).to.equal(typed);
          submit();
          // A token that is there already is said to be: its name and code are taken.
          await (form.endsWith('adding') ? says(element, 'This name is already in use.') : done());
        } else {
          // If the answer is accepted, the form says that it has saved.
          expect(deepAll(element, '[part="problem"]').map(textOf)).to.deep.equal([]);
          expect(await finished).to.equal(true);
        }
        expect(await outcome(server)).to.deep.equal(wanted);
        expect(watched.seen).to.deep.equal([]);
      });
    }
  }
});
