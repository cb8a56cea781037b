import type { ApiKey, NewApiKey } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { restoreClipboard, withClipboard } from '../../test/clipboard.js';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { type Fault, held, offline, startServer, status, type TestServer } from '../../test/server.js';
import type { ApiKeyListElement, ApiKeyRemovalEvent } from './api-key-list.js';
import './define.js';

type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;

const policyWith = (apiKeys: Partial<KeysPolicy>): HostPolicy => ({
  ...aiCockpitOne,
  apiKeys: { ...(aiCockpitOne.apiKeys as KeysPolicy), ...apiKeys },
});

/** 57: something else answers at that address. */
const notTheServer: Fault = () =>
  Promise.resolve(new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }));

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('<api-key-list>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    restoreClipboard();
    await server.close();
  });

  const acmeKeys = () => server.client('ana').organization('acme').apiKeys;
  const make = async (...requests: NewApiKey[]): Promise<ApiKey[]> => {
    const made: ApiKey[] = [];
    for (const request of requests) {
      made.push((await acmeKeys().create(request)).apiKey);
      // So that no two are made in one millisecond, and the order of time is that of the calls.
      server.advance(1000);
    }
    return made;
  };
  const show = (person = 'ana', { organization = 'acme', pageSize = 25, width = 960 } = {}) =>
    fixture<ApiKeyListElement>(
      html`<api-key-list
        .client=${server.client(person)}
        organization-id=${organization}
        page-size=${pageSize}
        lang="en"
      ></api-key-list>`,
      { parentNode: Object.assign(document.createElement('div'), { style: `inline-size: ${width}px` }) },
    );
  const shown = async (...parameters: Parameters<typeof show>) => {
    const element = await show(...parameters);
    await appears(element, 'tbody tr');
    return element;
  };
  const names = (element: Element) => deepAll(element, 'tbody th').map(({ textContent }) => textContent?.trim());
  const cells = (element: Element, row: number) =>
    [...(deepAll(element, 'tbody tr')[row]?.children ?? [])].map(({ textContent }) =>
      textContent?.replace(/\s+/g, ' ').trim(),
    );
  const choose = async (element: Element, name: string, action: string) => {
    button(element, `Actions for ${name}`).click();
    [...deepAll(element, '[role="menuitem"]')]
      .find((item) => item.matches(':popover-open *') && item.textContent?.trim() === action)
      ?.click();
    return await appears(element, 'dialog[open]');
  };
  const confirm = (element: Element) => deep(element, '[part="confirm"]').click();
  const announced = (element: Element, text: string) =>
    waitUntil(
      () => deepAll(element, '[role="status"]').some(({ textContent }) => textContent?.includes(text)),
      `it did not announce ${text}`,
    );

  it('says how to treat keys to who may make them, whether there are any or not', async () => {
    const advice = 'API keys are like passwords: do not share them, and keep them out of source control.';
    const element = await show();
    await says(element, 'Acme has no API keys yet.');
    expect(deep(element, '[part="advice"]').textContent).to.include(advice);
    await make({ description: 'The first' });
    expect(deep(await shown(), '[part="advice"]').textContent).to.include(advice);
    expect(deepAll(await shown('carla'), '[part="advice"]')).to.have.length(0);
  });

  it('shows an outline while it reads', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show();
    expect(deep(element, '[aria-busy="true"]')).to.be.instanceOf(HTMLElement);
    expect(textOf(element)).to.equal('Loading…');
    await expect(element).to.be.accessible();
    release();
    await says(element, 'Acme has no API keys yet.');
  });

  it('says in one sentence that there is none, with one thing to do', async () => {
    const element = await show();
    await says(element, 'Acme has no API keys yet.');
    expect(deepAll(element, 'button').map(({ textContent }) => textContent?.trim())).to.deep.equal(['Create API key']);
    await expect(element).to.be.accessible();
  });

  it('shows the columns of the policy, in its order', async () => {
    await make({ description: 'Nightly sync', module: 'agents', expiresAt: inDays(60) });
    const element = await shown();
    expect(deepAll(element, 'thead th').map(({ textContent }) => textContent?.trim())).to.deep.equal([
      'Description',
      'Value',
      'Module',
      'Created',
      'Created by',
      'Last used',
      'Expires',
      'Status',
    ]);
    const [description, value, module, , createdBy, lastUsed, expires, active] = cells(element, 0);
    expect([description, module, createdBy, lastUsed, active]).to.deep.equal([
      'Nightly sync',
      'Agents',
      'Ana Souza',
      'Never',
      'Active',
    ]);
    expect(value).to.match(/^aico_…\w{4}$/);
    const day = new Date(`${inDays(60)}T00:00:00Z`).toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' });
    expect(expires).to.equal(day);
    await expect(element).to.be.accessible();
  });

  it('shows the exact instants of a row while its menu has the focus, without a stop for each', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown();
    const time = deep(element, 'time');
    const exact = () => getComputedStyle(time, '::after').content;
    expect(deepAll(element, 'tbody [tabindex="0"]')).to.have.length(0);
    // Where nothing can be hovered over, they are there for all to see.
    if (matchMedia('(hover: hover)').matches) expect(exact()).to.equal('none');
    deep(element, '[part="search"]').focus();
    while (!element.shadowRoot?.activeElement?.matches('[part="menu-button"]')) await sendKeys({ press: 'Tab' });
    expect(exact()).not.to.equal('none');
    expect(time.title).to.match(/^[A-Z][a-z]+ \d+, \d{4}, .+ (UTC|GMT)/);
    await expect(element).to.be.accessible();
  });

  it('has the menu of a row while it is open, and the focus back on its button', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown();
    expect(deepAll(element, '[part="menu"]')).to.have.length(0);
    const opener = button(element, 'Actions for Nightly sync');
    for (let times = 0; times < 2; times += 1) {
      opener.focus();
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => element.shadowRoot?.activeElement?.matches('[role="menuitem"]'));
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => deepAll(element, '[part="menu"]').length === 0);
      expect(element.shadowRoot?.activeElement).to.equal(opener);
    }
  });

  it('names keys and actions as the policy does', async () => {
    await server.close();
    server = await startServer(policyWith({ noun: 'apiToken', verb: 'generate' }));
    const element = await show();
    await says(element, 'Acme has no API tokens yet.');
    expect(button(element, 'Generate API token')).to.be.instanceOf(HTMLElement);
  });

  it('warns of a key that expires soon, in words', async () => {
    await make({ description: 'Soon', expiresAt: inDays(3) }, { description: 'Later', expiresAt: inDays(60) });
    const element = await shown();
    expect(deepAll(element, '[part="warning"]').map(({ textContent }) => textContent)).to.deep.equal([
      'Expires in 3 days',
    ]);
    await expect(element).to.be.accessible();
  });

  it('searches on the server, and says when nothing matches', async () => {
    await make({ description: 'Nightly sync' }, { description: 'Reporting' });
    const element = await shown();
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'night');
    await waitUntil(() => names(element).length === 1);
    expect(names(element)).to.deep.equal(['Nightly sync']);
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'zzz');
    await says(element, 'No API key matches “zzz”.');
    await expect(element).to.be.accessible();
    button(element, 'Clear search').click();
    await waitUntil(() => names(element).length === 2);
    expect(deep<HTMLInputElement>(element, '[part="search"]').value).to.equal('');
    expect(element.shadowRoot?.activeElement === deep(element, '[part="search"]')).to.equal(true);
  });

  it('a key pasted into the search: says that it looks like one, and that no session has ended', async () => {
    await make({ description: 'Nightly sync' });
    const { secret } = await acmeKeys().create({ description: 'Reporting' });
    const element = await shown();
    let hasExpired = false;
    element.addEventListener('cockpit-session-expired', () => (hasExpired = true));
    type(deep<HTMLInputElement>(element, '[part="search"]'), secret?.reveal() ?? '');
    await says(element, 'This looks like a token or key, so it was removed.');
    expect(hasExpired).to.equal(false);
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'night');
    await waitUntil(() => names(element).length === 1);
    expect(deepAll(element, '[part="problem"]')).to.have.lengthOf(0);
  });

  it('sorts by its headings, and says how it is sorted', async () => {
    await make({ description: 'Late', expiresAt: inDays(90) }, { description: 'Early', expiresAt: inDays(60) });
    const element = await shown();
    const sorted = () => deepAll(element, 'thead th').map((heading) => heading.getAttribute('aria-sort'));
    expect(sorted()).to.deep.equal([null, null, null, 'descending', null, 'none', 'none', null]);
    expect(names(element)).to.deep.equal(['Early', 'Late']);
    button(element, 'Created').click();
    await waitUntil(() => names(element)[0] === 'Late');
    expect(sorted()[3]).to.equal('ascending');
    button(element, 'Expires').click();
    await waitUntil(() => names(element)[0] === 'Early');
    expect(sorted()[6]).to.equal('ascending');
    await expect(element).to.be.accessible();
  });

  it('turns pages, and keeps the focus on what turns them', async () => {
    await make({ description: 'One' }, { description: 'Two' }, { description: 'Three' });
    const element = await shown('ana', { pageSize: 2 });
    expect(names(element)).to.deep.equal(['Three', 'Two']);
    expect(button(element, 'Previous').getAttribute('aria-disabled')).to.equal('true');
    button(element, 'Next').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => names(element)[0] === 'One');
    expect(element.shadowRoot?.activeElement === button(element, 'Next')).to.equal(true);
    expect(button(element, 'Next').getAttribute('aria-disabled')).to.equal('true');
    await expect(element).to.be.accessible();
    button(element, 'Previous').click();
    await waitUntil(() => names(element)[0] === 'Three');
  });

  it('goes back a page when the last key of the last page is deleted', async () => {
    await make({ description: 'One' }, { description: 'Two' }, { description: 'Three' });
    const element = await shown('ana', { pageSize: 1 });
    button(element, 'Next').click();
    await waitUntil(() => names(element)[0] === 'Two');
    button(element, 'Next').click();
    await waitUntil(() => names(element)[0] === 'One');
    await choose(element, 'One', 'Delete');
    confirm(element);
    await waitUntil(() => names(element).length === 1 && names(element)[0] !== 'One');
    expect(names(element)).to.deep.equal(['Two']);
  });

  it('shows a key just made, marks and announces it once its value is gone', async () => {
    withClipboard();
    const element = await show();
    await appears(element, '[part="button"]');
    button(element, 'Create API key').click();
    type(await appears<HTMLInputElement>(element, '[name="description"]'), 'Nightly sync');
    deep(element, '[part="submit"]').click();
    await appears(element, '[part="copy"]');
    await waitUntil(() => names(element).length === 1, 'the list behind did not show it');
    expect(deep<HTMLTextAreaElement>(element, '[part="value"]').value).not.to.equal('');
    button(element, 'Copy').click();
    await says(element, 'Copied');
    const value = deep<HTMLTextAreaElement>(element, '[part="value"]').value;
    button(element, 'Close').click();
    await announced(element, '“Nightly sync” was created.');
    expect(deepAll(element, '*').some(({ outerHTML }) => outerHTML.includes(value))).to.equal(false);
  });

  it('deletes after asking what would stop working, and tells the host before and after', async () => {
    const [key] = await make({ description: 'Nightly sync' });
    const element = await shown();
    const dialog = await choose(element, 'Nightly sync', 'Delete');
    expect(dialog.getAttribute('role')).to.equal('alertdialog');
    expect(textOf(element)).to.include('“Nightly sync” stops working immediately');
    expect(element.shadowRoot?.activeElement === button(element, 'Cancel')).to.equal(true);
    await expect(element).to.be.accessible();
    const before = oneEvent<ApiKeyRemovalEvent>(element, 'api-key-delete');
    const after = oneEvent<ApiKeyRemovalEvent>(element, 'api-key-deleted');
    confirm(element);
    expect((await before).apiKey.id).to.equal(key?.id);
    expect((await after).apiKey.id).to.equal(key?.id);
    await says(element, 'Acme has no API keys yet.');
    await announced(element, '“Nightly sync” was deleted.');
    await waitUntil(() => element.shadowRoot?.activeElement?.localName === 'api-key-create');
  });

  it('deletes by the keyboard alone, and goes on at the next row', async () => {
    await make({ description: 'One' }, { description: 'Two' }, { description: 'Three' });
    const element = await shown();
    button(element, 'Actions for Two').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => element.shadowRoot?.activeElement?.getAttribute('role') === 'menuitem');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => element.shadowRoot?.activeElement?.getAttribute('part') === 'cancel');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => names(element).length === 2);
    await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Actions for One'));
  });

  it('keeps the key at Cancel and at Escape', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown();
    await choose(element, 'Nightly sync', 'Delete');
    button(element, 'Cancel').click();
    await waitUntil(() => deepAll(element, 'dialog').length === 0);
    await choose(element, 'Nightly sync', 'Delete');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => deepAll(element, 'dialog').length === 0);
    await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Actions for Nightly sync'));
    expect((await acmeKeys().list()).data).to.have.length(1);
  });

  it('deletes nothing where the host prevents it', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown();
    element.addEventListener('api-key-delete', (event) => event.preventDefault());
    await choose(element, 'Nightly sync', 'Delete');
    confirm(element);
    await element.updateComplete;
    expect((await acmeKeys().list()).data).to.have.length(1);
  });

  it('says in the dialog why a key could not be deleted, and deletes it when asked again', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown();
    const dialog = await choose(element, 'Nightly sync', 'Delete');
    server.fault(offline);
    confirm(element);
    await waitUntil(() => dialog.textContent?.includes('The server could not be reached.'));
    await expect(element).to.be.accessible();
    server.fault();
    confirm(element);
    await says(element, 'Acme has no API keys yet.');
  });

  it('reads a key that has changed in the meantime, and asks again', async () => {
    const [key] = await make({ description: 'Nightly sync' });
    const element = await shown();
    await choose(element, 'Nightly sync', 'Delete');
    await acmeKeys().revoke(key?.id ?? '');
    confirm(element);
    await says(element, 'Someone else changed this in the meantime.');
    expect(textOf(element)).to.include('“Nightly sync” no longer works.');
    expect(textOf(element)).to.include('Status Current version Revoked Before Active');
    // Away from the button: pressing it twice in a row must not be an answer.
    expect(element.shadowRoot?.activeElement?.getAttribute('role')).to.equal('alert');
    await expect(element).to.be.accessible();
    confirm(element);
    await says(element, 'Acme has no API keys yet.');
  });

  it('takes it well when a key has already been deleted', async () => {
    const [key] = await make({ description: 'Nightly sync' });
    const element = await shown();
    await choose(element, 'Nightly sync', 'Delete');
    await acmeKeys().delete(key?.id ?? '', { version: key?.version ?? 0 });
    confirm(element);
    await announced(element, '“Nightly sync” had already been deleted.');
    await says(element, 'Acme has no API keys yet.');
  });

  it('follows writes by others on the same client', async () => {
    const client = server.client('ana');
    const element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${client} organization-id="acme"></api-key-list>`,
    );
    await says(element, 'Acme has no API keys yet.');
    await client.organization('acme').apiKeys.create({ description: 'Nightly sync' });
    await waitUntil(() => names(element)[0] === 'Nightly sync');
  });

  it('shows the keys of the organization that is active, and no other’s', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown();
    element.organizationId = 'globex';
    await says(element, 'Globex has no API keys yet.');
    expect(textOf(element)).not.to.include('Nightly sync');
  });

  it('shows a person’s own keys where it is asked to', async () => {
    await server.close();
    server = await startServer(policyWith({ owner: 'user' }));
    const client = server.client('ana');
    await client.apiKeys.create({ description: 'Mine' });
    const element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${client} owner="user" lang="en"></api-key-list>`,
    );
    await says(element, 'Your API keys');
    await appears(element, 'tbody tr');
    expect(names(element)).to.deep.equal(['Mine']);
  });

  it('says so where the policy has no keys of the owner that it is asked for, and asks for none', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown();
    let asked = 0;
    server.fault((request, send) => {
      asked += 1;
      return send(request);
    });
    element.owner = 'user';
    await says(element, 'API keys are not available here.');
    expect(textOf(element)).not.to.include('Acme');
    expect(asked).to.equal(0);
    element.owner = 'organization';
    await appears(element, 'tbody tr');
  });

  it('lets a member see but not change them, and says why', async () => {
    await make({ description: 'Nightly sync' });
    const element = await shown('carla');
    expect(textOf(element)).to.include(
      'Your role in Acme lets you view these API keys, but not create or delete them.',
    );
    expect(deepAll(element, 'api-key-create, [part="menu-button"]')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('explains to a viewer why there is no list', async () => {
    await make({ description: 'Nightly sync' });
    const element = await show('eve');
    await says(element, 'in Acme doesn’t include access to');
    expect(deepAll(element, 'table')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  for (const [name, fault, words] of [
    ['could not be reached', offline, 'The server could not be reached.'],
    ['failed', status(500), 'Something went wrong.'],
    ['answered with something else', notTheServer, 'This service could not be found at '],
  ] as const) {
    it(`offers to try again where the server ${name}`, async () => {
      await make({ description: 'Nightly sync' });
      server.fault((request, next) => (request.url.includes('api-keys') ? fault(request, next) : next(request)));
      const element = await show();
      await says(element, words);
      await expect(element).to.be.accessible();
      server.fault();
      button(element, 'Try again').click();
      await appears(element, 'tbody tr');
    });
  }

  it('loads everything again at once where nothing could be loaded', async () => {
    await make({ description: 'Nightly sync' });
    server.fault(offline);
    const element = await show();
    await says(element, 'The server could not be reached.');
    server.fault();
    button(element, 'Try again').click();
    await appears(element, 'tbody tr');
    expect(textOf(element)).not.to.include('The server could not be reached.');
  });

  it('tells the host when the session has ended', async () => {
    const element = await show();
    await says(element, 'Acme has no API keys yet.');
    server.lapse('ana');
    const expired = oneEvent(element, 'cockpit-session-expired');
    element.pageSize = 10;
    await expired;
    await says(element, 'Your session has expired.');
    server.renew('ana');
    button(element, 'Try again').click();
    await waitUntil(() => !textOf(element).includes('Your session has expired.'));
  });

  it('shows names as the text that they are', async () => {
    const name = '<img src=x onerror=alert(1)> ${1 + 1}';
    await make({ description: name });
    const element = await shown();
    expect(names(element)).to.deep.equal([name]);
    expect(deepAll(element, 'img')).to.have.length(0);
  });

  for (const width of [320, 760, 960]) {
    it(`fits into ${width} pixels`, async () => {
      await make(
        { description: 'Nightly sync of everything there is', module: 'agents', expiresAt: inDays(3) },
        { description: 'W'.repeat(500) },
      );
      const element = await shown('ana', { width });
      expect(element.scrollWidth).to.be.at.most(width);
      expect(deep(element, 'table').getBoundingClientRect().width).to.be.at.most(width);
      await expect(element).to.be.accessible();
    });
  }

  describe('where a key must be revoked before it is deleted', () => {
    beforeEach(async () => {
      await server.close();
      server = await startServer(policyWith({ removal: 'revokeThenDelete' }));
    });

    it('revokes, and then deletes', async () => {
      await make({ description: 'Nightly sync' });
      const element = await shown();
      await choose(element, 'Nightly sync', 'Revoke');
      const after = oneEvent<ApiKeyRemovalEvent>(element, 'api-key-revoked');
      button(element, 'Revoke API key').click();
      expect((await after).apiKey.status).to.equal('revoked');
      await waitUntil(() => cells(element, 0).includes('Revoked'));
      await announced(element, '“Nightly sync” was revoked.');
      await choose(element, 'Nightly sync', 'Delete');
      expect(textOf(element)).to.include('“Nightly sync” no longer works.');
      confirm(element);
      await says(element, 'Acme has no API keys yet.');
    });
  });
});
