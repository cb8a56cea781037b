import { expect } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../page.js';
import { fill, mount, readers, withAvatars } from '../faults/elements.js';
import { offline, serverForEachTest, type TestServer } from '../server.js';

/** The focused element, inside all shadow roots; `null` while the page has the focus. */
const focused = (element: Element): Element | null => {
  let active: Element | null = element.shadowRoot?.activeElement ?? null;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
};

describe('the focus when its element is replaced', () => {
  let server: TestServer;
  serverForEachTest(async (started) => {
    server = started;
    await fill(server);
  }, withAvatars);

  for (const reader of readers) {
    it(`<${reader.tag}>: "Try again" that succeeds leaves the focus in the element`, async () => {
      server.fault(offline);
      const element = await mount(reader, server.client('ana'));
      await waitUntil(() => deepAll(element, 'button').some((it) => it.textContent?.trim() === 'Try again'));
      server.fault();
      button(element, 'Try again').focus();
      button(element, 'Try again').click();
      await appears(element, reader.content);
      await waitUntil(() => focused(element), 'the page has the focus');
      if (reader.content === 'tbody tr') expect(focused(element) === deep(element, '[part="search"]')).to.equal(true);
    });
  }

  for (const reader of readers.filter(({ content }) => content === 'tbody tr')) {
    it(`<${reader.tag}>: "Try again" beside rows that stay leaves the focus on the search`, async () => {
      const element = await mount(reader, server.client('ana'));
      await appears(element, 'tbody tr');
      const search = deep<HTMLInputElement>(element, '[part="search"]');
      server.fault(offline);
      type(search, 'n');
      await says(element, 'The server could not be reached.');
      server.fault();
      button(element, 'Try again').focus();
      button(element, 'Try again').click();
      await waitUntil(() => deepAll(element, '[part="problem"]').length === 0);
      await waitUntil(() => focused(element) === search, 'the search does not have the focus');
    });
  }
});
