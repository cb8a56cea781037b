import { expect, nextFrame } from '@open-wc/testing';
import { button, deep, deepAll, says, waitUntil } from '../page.js';
import { held, offline, serverForEachTest, type TestServer } from '../server.js';
import { withAvatars } from './elements.js';
import { onlyOn, writing } from './faults.js';
import { canary, forms } from './forms.js';
import { everythingSaid } from './screen.js';

/** Whether the browser asks before the page is left now. */
const asksBeforeLeaving = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

describe('leaving at each step (60)', () => {
  let server: TestServer;
  serverForEachTest((started) => (server = started), withAvatars);

  for (const { name, open, outcome, wanted } of forms.filter(({ name }) => !name.endsWith('deleting'))) {
    it(`60 ${name} lets the browser ask while something would be lost, and no longer`, async () => {
      expect(asksBeforeLeaving()).to.equal(false);
      const { element, submit, done } = await open(server, server.client('ana'));
      await nextFrame();
      expect(asksBeforeLeaving(), 'typed').to.equal(true);

      const { fault, release } = held();
      server.fault(onlyOn(writing, (request, next) => fault(request, () => offline(request, next))));
      submit();
      await nextFrame();
      expect(asksBeforeLeaving(), 'while it is sent').to.equal(true);
      release();
      await says(element, 'The server could not be reached.');
      expect(asksBeforeLeaving(), 'not sent').to.equal(true);

      server.fault();
      submit();
      await done();
      await nextFrame();
      if (/^<api-key-(create|single)>$/.test(name)) {
        expect(asksBeforeLeaving(), 'a secret that nobody has stored').to.equal(true);
        button(element, 'Close').click();
        await nextFrame();
        button(element, 'Close anyway').click();
        await nextFrame();
      }
      expect(asksBeforeLeaving(), 'done').to.equal(false);
      expect(await outcome(server)).to.deep.equal(wanted);
    });

    it(`60 ${name} asks no more once it is taken from the page, and keeps no secret`, async () => {
      const { element } = await open(server, server.client('ana'));
      await nextFrame();
      const secrets = deepAll<HTMLInputElement>(element, '[type="password"]');
      element.remove();
      // Put back at once, it would have lost nothing.
      await nextFrame();
      expect(asksBeforeLeaving()).to.equal(false);
      expect(secrets.map(({ value }) => value).join('')).to.equal('');
      expect(everythingSaid(element)).not.to.include(canary);
    });
  }

  // A form that stands in a page, and in no dialog, has nothing that Escape closes.
  for (const { name, open } of forms.filter(({ name }) => name.includes('create'))) {
    it(`60 ${name} asks before Escape drops what was typed, also after it could not be sent`, async () => {
      const { element, contents, submit } = await open(server, server.client('ana'));
      const typed = contents();
      server.fault(offline);
      submit();
      await says(element, 'The server could not be reached.');
      deep(element, 'form').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
      );
      await says(element, 'Discard changes?');
      await expect(element).to.be.accessible();
      button(element, 'Keep editing').click();
      await nextFrame();
      expect(contents()).to.equal(typed);
    });
  }

  for (const { name, open } of forms.filter(({ name }) => /adding|create/.test(name))) {
    it(`60 ${name}: Cancel drops what was typed, also after it could not be sent`, async () => {
      const { element, contents, submit } = await open(server, server.client('ana'));
      const typed = contents();
      server.fault(offline);
      submit();
      await says(element, 'The server could not be reached.');
      expect(contents()).to.equal(typed);
      button(element, 'Cancel').click();
      await waitUntil(() => contents() !== typed);
      expect(asksBeforeLeaving()).to.equal(false);
    });

    it(`60 ${name} is not closed by Escape over what was typed`, async () => {
      const { element, contents } = await open(server, server.client('ana'));
      const typed = contents();
      const form = deep(element, 'form');
      for (let times = 0; times < 3; times += 1) {
        form.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
        );
      }
      await nextFrame();
      expect(contents()).to.equal(typed);
    });
  }
});
