import { expect, fixture, html } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import type { ApiKeyListElement } from './api-key-list.js';
import './define.js';

describe('<api-key-list> with the menu of a row open', () => {
  let server: TestServer;
  let element: ApiKeyListElement;
  let item: HTMLElement;
  beforeEach(async () => {
    server = await startServer();
    for (const description of ['Nightly sync', 'Staging', 'Nightly report']) {
      await acmeKeys().create({ description });
      // So that no two are made in one millisecond.
      server.advance(1000);
    }
    element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${server.client('ana')} organization-id="acme" lang="en"></api-key-list>`,
    );
    await appears(element, 'tbody tr');
  });
  afterEach(() => server.close());

  const acmeKeys = () => server.client('ana').organization('acme').apiKeys;
  const openMenu = async (name: string): Promise<void> => {
    button(element, `Actions for ${name}`).click();
    item = await appears(element, ':popover-open [role="menuitem"]:focus');
  };
  /** Types, and is back in the menu before the answer comes. */
  const search = (text: string): void => {
    type(deep<HTMLInputElement>(element, '[part="search"]'), text);
    item.focus();
  };
  const shows = (...names: string[]) =>
    waitUntil(
      () =>
        deepAll(element, 'tbody th')
          .map(({ innerText }) => innerText.trim())
          .join() === names.join(),
      `it did not show ${names.join()}`,
    );
  const focused = () => element.shadowRoot?.activeElement;

  it('leaves it open when a search is answered that finds the row', async () => {
    await openMenu('Nightly sync');
    search('nightly');
    await shows('Nightly report', 'Nightly sync');
    expect(item.matches(':popover-open *')).to.equal(true);
    expect(focused() === item).to.equal(true);
  });

  it('has the focus on what stands there now when a search finds the row no more', async () => {
    await openMenu('Staging');
    search('nightly');
    await shows('Nightly report', 'Nightly sync');
    expect(focused() === button(element, 'Actions for Nightly sync')).to.equal(true);
    await openMenu('Nightly sync');
    search('weekly');
    await says(element, 'No API key matches “weekly”.');
    expect(focused() === deep(element, '[part="create"]')).to.equal(true);
  });

  it('has the focus on what stands there now when somebody else deletes the key', async () => {
    await openMenu('Staging');
    const { apiKeys } = element.connection.client?.organization('acme') ?? {};
    const [key] = (await acmeKeys().list({ q: 'Staging' })).data;
    if (key) await apiKeys?.delete(key.id, key);
    await shows('Nightly report', 'Nightly sync');
    expect(focused() === button(element, 'Actions for Nightly sync')).to.equal(true);
  });
});
