import { duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { held, startServer, type TestServer } from '../../test/server.js';
import type { ApiKeyListElement } from './api-key-list.js';
import './define.js';

const day = 86_400_000;
const inAWeek = new Date(Date.now() + 7 * day).toISOString().slice(0, 10);

describe('<api-key-list> while it is open', () => {
  let server: TestServer;
  let element: ApiKeyListElement;
  let item: HTMLElement;
  beforeEach(async () => {
    server = await startServer();
    for (const description of ['Nightly sync', 'Staging', 'Nightly report']) {
      await acmeKeys().create({ description, expiresAt: inAWeek });
      // So that no two are made in one millisecond.
      server.advance(1000);
    }
    await show();
  });
  afterEach(() => server.close());

  const acmeKeys = () => server.client('ana').organization('acme').apiKeys;
  const show = async (pageSize = 25): Promise<void> => {
    element = await fixture<ApiKeyListElement>(
      html`<api-key-list
        .client=${server.client('ana')}
        organization-id="acme"
        page-size=${pageSize}
        lang="en"
      ></api-key-list>`,
    );
    await appears(element, 'tbody tr');
  };
  const field = () => deep<HTMLInputElement>(element, '[part="search"]');
  const openMenu = async (name: string): Promise<void> => {
    button(element, `Actions for ${name}`).click();
    item = await appears(element, ':popover-open [role="menuitem"]:focus');
  };
  /** Types, and is back in the menu before the answer comes. */
  const search = (text: string): void => {
    type(field(), text);
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

  it('leaves the menu of a row open when a search is answered that finds the row', async () => {
    await openMenu('Nightly sync');
    search('nightly');
    await shows('Nightly report', 'Nightly sync');
    expect(item.matches(':popover-open *')).to.equal(true);
    expect(focused() === item).to.equal(true);
  });

  it('moves the focus to the next row when a search no longer finds the row', async () => {
    await openMenu('Staging');
    search('nightly');
    await shows('Nightly report', 'Nightly sync');
    expect(focused() === button(element, 'Actions for Nightly sync')).to.equal(true);
    await openMenu('Nightly sync');
    search('weekly');
    await says(element, 'No API key matches “weekly”.');
    expect(focused() === deep(element, '[part="create"]')).to.equal(true);
  });

  it('moves the focus to the next row when another person deletes the key', async () => {
    await openMenu('Staging');
    const { apiKeys } = element.connection.client?.organization('acme') ?? {};
    const [key] = (await acmeKeys().list({ q: 'Staging' })).data;
    if (key) await apiKeys?.delete(key.id, key);
    await shows('Nightly report', 'Nightly sync');
    expect(focused() === button(element, 'Actions for Nightly sync')).to.equal(true);
  });

  it('updates an open menu after another person has revoked the key', async () => {
    await server.close();
    server = await startServer(duplocloud);
    const { apiKey, secret } = await server.client('ana').apiKeys.create({ name: 'Nightly sync' });
    secret?.dispose();
    element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${server.client('ana')} lang="en"></api-key-list>`,
    );
    await appears(element, 'tbody tr');
    await openMenu('Nightly sync');
    expect(item.innerText.trim()).to.equal('Revoke');
    await element.connection.client?.apiKeys.revoke(apiKey.id);
    await waitUntil(() => item.innerText.trim() === 'Delete');
    expect(focused() === item).to.equal(true);
    item.click();
    await appears(element, 'dialog[open]');
    expect(deep(element, '[part="dialog-title"]').textContent).to.equal('Delete API token');
  });

  it('announces the number of matches to screen readers', async () => {
    const heard = () =>
      deepAll(element, '[role="status"]')
        .map(({ textContent }) => textContent?.trim())
        .filter(Boolean);
    expect(heard()).to.deep.equal([]);
    type(field(), 'staging');
    await shows('Staging');
    expect(heard()).to.deep.equal(['1 match']);
    type(field(), 'nightly');
    await shows('Nightly report', 'Nightly sync');
    expect(heard()).to.deep.equal(['2 matches']);
    await show(2);
    type(field(), 'g');
    await waitUntil(() => heard().join() === '3 matches', 'it did not say how many there are on all pages');
    button(element, 'Next').click();
    await shows('Nightly sync');
    expect(heard()).to.deep.equal(['3–3 of 3']);
  });

  it('announces only the answered search', async () => {
    type(field(), 'weekly');
    await says(element, 'No API key matches “weekly”.');
    const { fault, release } = held();
    server.fault(fault);
    type(field(), 'nightly');
    await element.updateComplete;
    await says(element, 'No API key matches “weekly”.');
    release();
    await shows('Nightly report', 'Nightly sync');
  });

  it('shows no row of the former owner under the new owner', async () => {
    element.owner = 'user';
    await says(element, 'API keys are not available here.');
    const { fault, release } = held();
    server.fault(fault);
    element.owner = 'organization';
    await says(element, 'API keys of Acme');
    expect(deepAll(element, 'tbody tr')).to.have.length(0);
    release();
    await shows('Nightly report', 'Staging', 'Nightly sync');
  });

  it('shows a key as expired from the instant of its end', async () => {
    const begin = window.setTimeout.bind(window);
    const later: (() => void)[] = [];
    const beginOrNote = (run: () => void, delay = 0) => {
      if (delay > day) later.push(run);
      return begin(run, delay);
    };
    Object.assign(window, { setTimeout: beginOrNote });
    try {
      await show();
    } finally {
      Object.assign(window, { setTimeout: begin });
    }
    expect(textOf(element)).not.to.include('Expired');
    expect(later).to.have.length(1);
    server.advance(8 * day);
    later[0]?.();
    await says(element, 'Expired');
  });
});
