import { createCockpit } from '@ai-cockpit/sdk';
import { expect, nextFrame } from '@open-wc/testing';
import { deep, deepAll, says, textOf, type, waitUntil } from '../page.js';
import { held, offline, startServer, type TestServer } from '../server.js';
import { withAvatars } from './elements.js';
import { lostAnswer, misfortunes, onlyOn, refused, refusedAt, writing } from './faults.js';
import { canary, forms } from './forms.js';
import { accidents, everythingSaid, gibberish } from './screen.js';

describe('failed writes (60)', () => {
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

  for (const { name: form, open, outcome, wanted, gone, field } of forms) {
    for (const { name, fault, words, looks, advice = '' } of misfortunes) {
      it(`60 ${form}, ${name}: shows an error, keeps the typed text, and the next press writes once`, async () => {
        const { element, contents, submit, done } = await open(server, server.client('ana'));
        const typed = contents();
        server.fault(onlyOn(writing, fault));
        submit();
        await says(element, words);
        expect(textOf(element)).to.include(advice);
        if (typed) expect(contents()).to.equal(typed);
        expect(everythingSaid(element)).not.to.match(gibberish);
        if (looks) await expect(element).to.be.accessible();
        server.fault();
        // Somebody who lost patience presses more than once.
        submit();
        await done();
        expect(await outcome(server)).to.deep.equal(wanted);
        expect(watched.seen).to.deep.equal([]);
      });
    }

    it(`60 ${form}, ${lostAnswer.name}: keeps the typed text, and writes nothing twice`, async () => {
      const { element, contents, submit, done } = await open(server, server.client('ana'));
      const typed = contents();
      server.fault(onlyOn(writing, lostAnswer.fault));
      submit();
      await says(element, lostAnswer.words);
      if (typed) expect(contents()).to.equal(typed);
      server.fault();
      submit();
      // A token that is there already is said to be: its name and code are taken.
      await (form.endsWith('adding') ? says(element, 'This name is already in use.') : done());
      expect(await outcome(server)).to.deep.equal(wanted);
      expect(watched.seen).to.deep.equal([]);
    });

    if (field) {
      it(`60 ${form}, 422: shows the error at its field until the field is corrected`, async () => {
        const { element, contents, submit, done } = await open(server, server.client('ana'));
        const typed = contents();
        server.fault(onlyOn(writing, refusedAt(field)));
        submit();
        await says(element, 'This contains characters that are not allowed.');
        const control = deep<HTMLInputElement>(element, `[name="${field}"]`);
        await waitUntil(() => element.shadowRoot?.activeElement === control);
        expect(control.getAttribute('aria-invalid')).to.equal('true');
        expect(contents()).to.equal(typed);
        expect(deepAll(element, '[part="problem"]')).to.have.length(0);
        await expect(element).to.be.accessible();
        server.fault();
        type(control, control.value);
        await waitUntil(() => control.getAttribute('aria-invalid') === 'false');
        submit();
        await done();
        expect(await outcome(server)).to.deep.equal(wanted);
      });
    }

    it(`60 ${form}, 404: says what no longer exists`, async () => {
      const { element, contents, submit } = await open(server, server.client('ana'));
      const typed = contents();
      server.fault(onlyOn(writing, refused('not_found')));
      submit();
      if (gone) {
        await says(element, gone);
        expect(contents()).to.equal(typed);
        await expect(element).to.be.accessible();
      } else {
        await waitUntil(() => deepAll(element, 'dialog').length === 0);
      }
    });

    it(`60 ${form}, session expired: keeps the typed text, and continues after signing in`, async () => {
      const { element, contents, submit, done } = await open(server, server.client('ana'));
      const typed = contents();
      let told = 0;
      element.addEventListener('cockpit-session-expired', () => (told += 1));
      server.lapse('ana');
      submit();
      await says(element, 'Your session has expired.');
      await waitUntil(() => told === 1);
      if (typed) expect(contents()).to.equal(typed);
      server.renew('ana');
      submit();
      await done();
      expect(await outcome(server)).to.deep.equal(wanted);
    });

    it(`60 ${form}, removed from the page: aborts its request, and is reset when inserted again`, async () => {
      const { element, submit } = await open(server, server.client('ana'));
      const { fault, release } = held();
      server.fault(onlyOn(writing, fault));
      submit();
      await nextFrame();
      const { parentElement } = element;
      element.remove();
      release();
      await waitUntil(() => deepAll(element, 'dialog').length === 0);
      parentElement?.append(element);
      await nextFrame();
      await waitUntil(() => deepAll(element, '[aria-busy="true"]').length === 0);
      expect(everythingSaid(element)).not.to.include(canary);
      expect(textOf(element)).not.to.include('could not be reached');
      expect(watched.seen).to.deep.equal([]);
    });
  }

  it('60 a slow server: forms say that they are still waiting, and send once', async () => {
    const started = forms.map(async ({ open, outcome, wanted }) => {
      const own = await startServer(withAvatars);
      const filled = await open(own, own.client('ana'));
      const { fault, release } = held();
      own.fault(onlyOn(writing, fault));
      filled.submit();
      const goOn = async () => {
        filled.submit();
        release();
        await filled.done();
        own.fault();
        expect(await outcome(own)).to.deep.equal(wanted);
        await own.close();
      };
      return { ...filled, goOn };
    });
    const opened = await Promise.all(started);
    const isSaid = ({ element }: { element: Element }) => textOf(element).includes('This is taking longer than usual.');
    await waitUntil(() => opened.every(isSaid), 'it was not said');
    for (const { element } of opened) await expect(element).to.be.accessible();
    for (const { goOn } of opened) await goOn();
  });

  it('60 createApiKey is retried automatically, under one Idempotency-Key', async () => {
    const [create] = forms.filter(({ name }) => name === '<api-key-create>');
    const client = createCockpit(server.connection('ana'));
    const filled = await create?.open(server, client);
    const keys = new Set<string | null>();
    let failures = 1;
    server.fault((request, next) => {
      if (request.method !== 'POST') return next(request);
      keys.add(request.headers.get('idempotency-key'));
      return failures-- > 0 ? offline(request, next) : next(request);
    });
    filled?.submit();
    await waitUntil(() => deepAll(document.body, 'textarea').length > 0, 'no key came');
    expect(keys.size).to.equal(1);
    expect(await create?.outcome(server)).to.deep.equal(create?.wanted);
  });
});
