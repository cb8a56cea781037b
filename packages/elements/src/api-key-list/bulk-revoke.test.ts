import { duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, atRest, button, deep, deepAll, says, textOf, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import type { ApiKeyListElement, ApiKeyRemovalEvent } from './api-key-list.js';
import './define.js';

describe('<api-key-list owner="all">, several keys at once', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(duplocloud);
    for (const [person, name] of [
      ['carla', 'Nightly'],
      ['bruno', 'Billing'],
      ['ana', 'Zeta'],
    ] as const) {
      (await server.client(person).apiKeys.create({ name })).secret?.dispose();
      // So that no two are made in one millisecond, and the order of time is that of the calls.
      server.advance(1000);
    }
  });
  afterEach(async () => {
    server.fault();
    await server.close();
  });

  const shown = async ({ owner = 'all', pageSize = 25, width = 960 } = {}) => {
    const element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${server.client('ana')} owner=${owner} page-size=${pageSize} lang="en"></api-key-list>`,
      { parentNode: Object.assign(document.createElement('div'), { style: `inline-size: ${width}px` }) },
    );
    await appears(element, 'tbody tr');
    return element;
  };
  const box = (element: Element, label: string) => deep<HTMLInputElement>(element, `input[aria-label="${label}"]`);
  const results = (element: Element) =>
    deepAll(element, '[part="bulk-row"]').map((row) => [
      row.querySelector('bdi')?.textContent,
      row.querySelector('[part="bulk-result"]')?.textContent,
    ]);
  const statuses = async () =>
    (await server.client('ana').administration.apiKeys.list()).data.map(({ name, status }) => `${name} ${status}`);
  const activePart = (element: ApiKeyListElement) => element.shadowRoot?.activeElement?.getAttribute('part');

  it('selects by the keyboard, asks once with all of them, revokes each, and says what became of it', async () => {
    const element = await shown();
    const ended: string[] = [];
    element.addEventListener('api-key-revoked', ({ apiKey }: ApiKeyRemovalEvent) => void ended.push(apiKey.name));
    for (const name of ['Zeta', 'Nightly']) {
      box(element, `Select ${name}`).focus();
      await sendKeys({ press: ' ' });
    }
    await waitUntil(() => box(element, 'Select all on this page').indeterminate);
    button(element, 'Revoke 2 API tokens').focus();
    await sendKeys({ press: 'Enter' });
    await appears(element, 'dialog[open]');
    expect(deep(element, '[part="dialog-title"]').textContent).to.equal('Revoke 2 API tokens');
    expect(textOf(deep(element, '[part="bulk-list"]'))).to.match(
      /^Zeta Ana Souza …\w{4} Created : .+ Last used : Never Nightly Carla Mendes …\w{4} Created : .+ Last used : Never$/,
    );
    await atRest(element);
    await expect(element).to.be.accessible();
    deep(element, '[part="confirm"]').click();
    await says(element, '2 of 2 revoked.');
    expect(results(element)).to.deep.equal([
      ['Zeta', 'Revoked'],
      ['Nightly', 'Revoked'],
    ]);
    expect(ended).to.deep.equal(['Zeta', 'Nightly']);
    expect(await statuses()).to.deep.equal(['Zeta revoked', 'Billing active', 'Nightly revoked']);
    expect(deepAll(element, '[part="confirm"]')).to.have.length(0);
    await waitUntil(() => activePart(element) === 'cancel');
    expect(deep(element, '[part="dialog-title"]').textContent).to.equal('2 API tokens revoked');
    expect(textOf(deep(element, 'dialog'))).not.to.include('immediately');
    await expect(element).to.be.accessible();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => deepAll(element, 'dialog').length === 0 && activePart(element) === 'search');
    expect(deepAll(element, '[part="bulk-revoke"]')).to.have.length(0);
    expect(textOf(deep(element, '[part="status-message"]'))).to.equal('2 API tokens were revoked.');
    await waitUntil(() => deepAll(element, 'tr.fresh').length === 2);
  });

  it('goes on after a failure, says which one failed, and revokes that one at the next press', async () => {
    const element = await shown();
    const [, billing] = (await server.client('ana').administration.apiKeys.list()).data;
    server.fault((request, next) =>
      request.url.includes(`${billing?.id}/revoke`)
        ? Promise.resolve(new Response(null, { status: 503 }))
        : next(request),
    );
    box(element, 'Select all on this page').click();
    await says(element, 'Revoke 3 API tokens');
    button(element, 'Revoke 3 API tokens').click();
    (await appears(element, '[part="confirm"]')).click();
    await says(element, '2 of 3 revoked.');
    expect(results(element)).to.deep.equal([
      ['Zeta', 'Revoked'],
      ['Billing', 'Not revoked'],
      ['Nightly', 'Revoked'],
    ]);
    expect(deep(element, '[part="dialog-title"]').textContent).to.equal('2 of 3 revoked');
    await says(element, 'The server is not available right now.');
    await expect(element).to.be.accessible();
    server.fault();
    button(deep(element, 'dialog'), 'Try again').click();
    await says(element, '3 of 3 revoked.');
    expect(await statuses()).to.deep.equal(['Zeta revoked', 'Billing revoked', 'Nightly revoked']);
  });

  it('leaves a key that the host keeps, and the selection at Cancel', async () => {
    const element = await shown();
    element.addEventListener('api-key-revoke', (event: ApiKeyRemovalEvent) => {
      if (event.apiKey.name === 'Billing') event.preventDefault();
    });
    for (const name of ['Billing', 'Zeta']) box(element, `Select ${name}`).click();
    (await appears(element, '[part="bulk-revoke"]')).click();
    (await appears(element, '[part="cancel"]')).click();
    await waitUntil(() => activePart(element) === 'bulk-revoke');
    deep(element, '[part="bulk-revoke"]').click();
    (await appears(element, '[part="confirm"]')).click();
    await says(element, '1 of 2 revoked.');
    expect(results(element)).to.deep.equal([
      ['Billing', 'Not revoked'],
      ['Zeta', 'Revoked'],
    ]);
    expect(await statuses()).to.deep.equal(['Zeta revoked', 'Billing active', 'Nightly active']);
    button(deep(element, 'dialog'), 'Close').click();
    await waitUntil(() => textOf(deep(element, '[part="status-message"]')) === '1 API token was revoked.');
  });

  it('keeps the selection over pages, offers no box for what has ended, and none in a list of one’s own', async () => {
    const [, , nightly] = (await server.client('ana').administration.apiKeys.list()).data;
    await server.client('ana').administration.apiKeys.revoke(nightly?.id ?? '');
    const element = await shown({ pageSize: 1, width: 360 });
    box(element, 'Select Zeta').click();
    button(element, 'Next').click();
    await appears(element, 'input[aria-label="Select Billing"]');
    box(element, 'Select Billing').click();
    await says(element, 'Revoke 2 API tokens');
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
    await expect(element).to.be.accessible();
    button(element, 'Next').click();
    await says(element, 'Nightly');
    expect(deepAll(element, '[part="select"]')).to.have.length(0);

    expect(deepAll(await shown({ owner: 'user' }), '[part="select"]')).to.have.length(0);
  });

  it('has boxes that can be pressed, and dates within their values, where rows are cards', async () => {
    const element = await shown({ width: 328 });
    const { left, top, width, height } = box(element, 'Select Zeta').getBoundingClientRect();
    const pressed = element.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2);
    expect(pressed).to.equal(box(element, 'Select Zeta'));
    for (const cell of deepAll(element, 'td[data-label]'))
      expect(cell.scrollWidth, cell.dataset['label']).to.be.at.most(cell.clientWidth);
  });
});
