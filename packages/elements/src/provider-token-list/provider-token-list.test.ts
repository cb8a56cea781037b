import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { NewProviderToken } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { appears, atRest, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { type Fault, held, offline, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenSavedEvent } from '../events/provider-token-events.js';
import type { ProviderTokenDeleteEvent } from '../events/provider-token-delete-event.js';
import type { ProviderTokenListElement } from './provider-token-list.js';

const jira = (name: string, code: string): NewProviderToken => ({
  provider: 'jira',
  name,
  code,
  values: { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'secret' },
});

describe('<provider-token-list>', () => {
  let server: TestServer;
  afterEach(() => server.close());
  const start = async (policy?: HostPolicy) => {
    server = await startServer(policy);
  };
  const add = (token: NewProviderToken) => server.client('ana').organization('acme').providerTokens.create(token);
  const addOwn = (token: NewProviderToken) => server.client('ana').providerTokens.create(token);

  const show = async (person = 'ana', owner?: 'user' | 'organization') => {
    const client = server.client(person);
    const element = await fixture<ProviderTokenListElement>(
      html`<provider-token-list .client=${client} .owner=${owner}>
        <p slot="header">Above</p>
      </provider-token-list>`,
    );
    return { element, client };
  };
  const shown = async (person?: string, owner?: 'user' | 'organization') => {
    const list = await show(person, owner);
    await appears(list.element, 'tbody tr');
    return list;
  };
  const namesIn = (root: Element) =>
    deepAll(root, 'tbody th').map((header) => header.querySelector('bdi')?.textContent ?? '');
  const dialog = (element: Element) => deep<HTMLDialogElement>(element, 'dialog');
  const isClosed = (element: Element) => waitUntil(() => deepAll(element, 'dialog').length === 0);
  const openMenu = async (element: ProviderTokenListElement, name: string, action: 'Edit' | 'Delete') => {
    const opener = button(element, `Actions for ${name}`);
    opener.focus();
    opener.click();
    await nextFrame();
    const menu = deep(element, `#${opener.getAttribute('popovertarget')}`);
    button(menu, action).click();
    await element.updateComplete;
    return opener;
  };
  const openForm = async (element: ProviderTokenListElement) => {
    const opener = button(element, 'Add token');
    opener.click();
    await appears(element, 'select[name="provider"]');
    return opener;
  };
  const fillIn = async (element: Element, name: string) => {
    const select = deep<HTMLSelectElement>(element, 'select[name="provider"]');
    select.value = 'azure-devops';
    select.dispatchEvent(new Event('input', { bubbles: true }));
    type(await appears<HTMLInputElement>(element, '[name="name"]'), name);
    type(deep(element, '[name="values.organization"]'), 'acme');
    type(deep(element, '[name="values.token"]'), 'secret');
  };
  const formButton = (element: Element, name: string) => button(deep(element, 'provider-token-form'), name);

  describe('showing', () => {
    beforeEach(() => start());

    it('tells the menus of two tokens of the same name apart by their owners', async () => {
      await add(jira('Jira', 'jira'));
      await addOwn(jira('Jira', 'jira'));
      await addOwn(jira('Mine', 'mine'));
      const { element } = await shown();
      await waitUntil(() => deepAll(element, '[part="menu-button"]').length === 3);
      expect(deepAll(element, '[part="menu-button"]').map((opener) => opener.getAttribute('aria-label'))).to.deep.equal(
        ['Actions for Jira, Acme (organization)', 'Actions for Jira, Personal', 'Actions for Mine'],
      );
    });

    it('gives the whole line to each of search and button where there is little room', async () => {
      await add(jira('Jira', 'jira'));
      const { element } = await shown();
      (element.parentElement as HTMLElement).style.inlineSize = '360px';
      const widths = () =>
        ['.search', '[part="add"]'].map((selector) => deep(element, selector).getBoundingClientRect().width);
      await waitUntil(() => widths().every((width) => width === 360));
    });

    it('shows an outline while it reads', async () => {
      const { fault, release } = held();
      server.fault(fault);
      const { element } = await show();
      deep(element, '[aria-busy="true"]');
      await expect(element).to.be.accessible();
      release();
      await says(element, 'No tokens yet.');
    });

    it('says what to do where there is none', async () => {
      const { element } = await show();
      await says(element, 'No tokens yet. Add one so that agents can access a provider.');
      expect(deepAll(element, 'table')).to.have.length(0);
      await expect(element).to.be.accessible();
    });

    it('shows the tokens of the organization and those of the person apart', async () => {
      await add(jira('Platform', 'platform'));
      await addOwn(jira('Mine', 'mine'));
      const { element } = await shown();
      await waitUntil(() => namesIn(element).length === 2);
      expect(deepAll(element, '[part="title"]').map(({ textContent }) => textContent)).to.deep.equal([
        'Acme (organization)',
        'Personal',
      ]);
      expect(namesIn(element)).to.deep.equal(['Platform', 'Mine']);
      for (const text of ['Jira', 'platform', 'Not checked yet', 'Never', 'Keep them private']) {
        expect(textOf(element)).to.include(text);
      }
      await expect(element).to.be.accessible();
    });

    it('shows those of one owner where told to', async () => {
      await add(jira('Platform', 'platform'));
      await addOwn(jira('Mine', 'mine'));
      const { element } = await shown('ana', 'user');
      expect(namesIn(element)).to.deep.equal(['Mine']);
      element.owner = 'organization';
      await waitUntil(() => namesIn(element)[0] === 'Platform');
    });

    it('finds by search, and says where nothing matches', async () => {
      await add(jira('Platform', 'platform'));
      await addOwn(jira('Mine', 'mine'));
      const { element } = await shown();
      const search = deep<HTMLInputElement>(element, '[type="search"]');
      type(search, 'mine');
      await waitUntil(() => namesIn(element).join() === 'Mine');
      type(search, 'zzz');
      await says(element, 'No token matches “zzz”.');
      await expect(element).to.be.accessible();
      button(element, 'Clear search').click();
      await waitUntil(() => namesIn(element).length === 2);
      expect(search.value).to.equal('');
    });

    it('goes through pages', async () => {
      for (let index = 10; index < 36; index += 1) await addOwn(jira(`Token ${index}`, `token-${index}`));
      const { element } = await shown('ana', 'user');
      expect(namesIn(element)).to.have.length(25);
      button(element, 'Next').click();
      await waitUntil(() => namesIn(element).join() === 'Token 35');
      await expect(element).to.be.accessible();
      button(element, 'Previous').click();
      await waitUntil(() => namesIn(element).length === 25);
    });

    it('tells the pages of one owner from those of the other', async () => {
      for (let index = 10; index < 36; index += 1) {
        await addOwn(jira(`Mine ${index}`, `mine-${index}`));
        await add(jira(`Ours ${index}`, `ours-${index}`));
      }
      const { element } = await shown();
      await waitUntil(() => deepAll(element, 'nav').length === 2);
      expect(deepAll(element, 'nav').map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
        'Pages: Acme (organization)',
        'Pages: Personal',
      ]);
      await expect(element).to.be.accessible();
    });

    it('gives advice about a broken one', async () => {
      await addOwn(jira('Mine', 'mine'));
      const expired: Fault = async (request, next) => {
        const response = await next(request);
        const text = (await response.text()).replace('"untested"', '"expired"');
        return new Response(text, { status: response.status, headers: response.headers });
      };
      server.fault(expired);
      const { element } = await shown();
      await says(element, 'Create a new token in Jira, then update it here.');
      expect(textOf(element)).to.include('Expired');
      await expect(element).to.be.accessible();
    });

    it('lets a member see those of the organization, and says why they cannot change them', async () => {
      await add(jira('Platform', 'platform'));
      const { element } = await shown('carla');
      expect(textOf(element)).to.include('Only administrators and managers of Acme can change them.');
      expect(deepAll(element, '[part="menu-button"]')).to.have.length(0);
      button(element, 'Add token');
      await expect(element).to.be.accessible();
    });

    it('says to a viewer why those of the organization are not there', async () => {
      await add(jira('Platform', 'platform'));
      const { element } = await show('eve');
      await says(
        element,
        'Your role (Viewer) in Acme doesn’t include access to the organization’s provider tokens. Ask an administrator.',
      );
      await says(element, 'No tokens yet.');
      expect(deepAll(element, 'table')).to.have.length(0);
      await expect(element).to.be.accessible();
    });

    it('says that it failed, and loads again', async () => {
      await addOwn(jira('Mine', 'mine'));
      server.fault(offline);
      const { element } = await show();
      await says(element, 'The server could not be reached.');
      await expect(element).to.be.accessible();
      server.fault();
      button(element, 'Try again').click();
      await appears(element, 'tbody tr');
    });

    it('loads one group again that failed alone', async () => {
      await addOwn(jira('Mine', 'mine'));
      const fault: Fault = (request, next) =>
        request.url.includes('/organizations/') ? offline(request, next) : next(request);
      server.fault(fault);
      const { element } = await shown();
      await says(element, 'The server could not be reached.');
      expect(namesIn(element)).to.deep.equal(['Mine']);
      await add(jira('Platform', 'platform')).catch(() => undefined);
      server.fault();
      button(element, 'Try again').click();
      await waitUntil(() => !textOf(element).includes('could not be reached'));
    });

    it('shows what somebody else writes', async () => {
      const { element } = await show();
      await says(element, 'No tokens yet.');
      await server.client('ana').policy();
      const other = server.client('ana');
      await other.policy();
      await other.providerTokens.create(jira('From elsewhere', 'elsewhere'));
      await waitUntil(() => namesIn(element).join() === 'From elsewhere');
    });

    it('shows hostile texts as they are (56)', async () => {
      await addOwn(jira('<img src=x onerror=alert(1)>', 'hostile'));
      const { element } = await shown();
      expect(namesIn(element)).to.deep.equal(['<img src=x onerror=alert(1)>']);
      expect(deepAll(element, 'img')).to.have.length(0);
    });
  });

  describe('adding and editing', () => {
    beforeEach(() => start());

    it('adds in a dialog, marks the new row, says so, and leaves the focus on a button', async () => {
      const { element } = await show();
      await says(element, 'No tokens yet.');
      const saved = oneEvent<ProviderTokenSavedEvent>(element, 'provider-token-saved');
      await openForm(element);
      await atRest(element);
      await expect(element).to.be.accessible();
      await fillIn(element, 'Azure');
      formButton(element, 'Add token').click();
      expect((await saved).providerToken.name).to.equal('Azure');
      await isClosed(element);
      await says(element, '“Azure” was added.');
      expect((await appears(element, 'tr.fresh')).textContent).to.include('Azure');
      await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Add token'));
    });

    it('puts the focus in the form, and back where it was', async () => {
      const { element } = await show();
      await says(element, 'No tokens yet.');
      const opener = await openForm(element);
      const form = deep(element, 'provider-token-form');
      await waitUntil(() => form.shadowRoot?.activeElement?.getAttribute('name') === 'provider');
      await sendKeys({ press: 'Escape' });
      await isClosed(element);
      await waitUntil(() => element.shadowRoot?.activeElement === opener);
    });

    it('has the focus back where it was even though the list turned out empty meanwhile', async () => {
      const { fault, release } = held();
      server.fault((request, next) =>
        request.url.includes('/provider-tokens') ? fault(request, next) : next(request),
      );
      const { element } = await show();
      await says(element, 'Add token');
      const opener = await openForm(element);
      release();
      await says(element, 'No tokens yet.');
      await sendKeys({ press: 'Escape' });
      await isClosed(element);
      await waitUntil(() => element.shadowRoot?.activeElement === opener);
    });

    it('asks before what was typed is dropped, as often as Escape is pressed', async () => {
      const { element } = await show();
      await says(element, 'No tokens yet.');
      await openForm(element);
      await fillIn(element, 'Azure');
      for (let times = 0; times < 3; times += 1) await sendKeys({ press: 'Escape' });
      await says(deep(element, 'provider-token-form'), 'Discard changes?');
      expect(dialog(element).open).to.equal(true);
      formButton(element, 'Keep editing').click();
      await element.updateComplete;
      expect(deep<HTMLInputElement>(element, '[name="values.token"]').value).to.equal('secret');
      await sendKeys({ press: 'Escape' });
      await says(deep(element, 'provider-token-form'), 'Discard changes?');
      formButton(element, 'Discard').click();
      await isClosed(element);
    });

    it('edits, and says so', async () => {
      await addOwn(jira('Mine', 'mine'));
      const { element } = await shown();
      const opener = await openMenu(element, 'Mine', 'Edit');
      const name = await appears<HTMLInputElement>(element, '[name="name"]');
      expect(deep(element, 'dialog h2').textContent).to.equal('Edit “Mine”');
      type(name, 'Still mine');
      formButton(element, 'Save').click();
      await isClosed(element);
      await waitUntil(() => namesIn(element).join() === 'Still mine');
      await says(element, '“Still mine” was saved.');
      await waitUntil(() => element.shadowRoot?.activeElement === opener);
    });

    it('stays open with all that was typed when saving fails', async () => {
      const { element } = await show();
      await says(element, 'No tokens yet.');
      await openForm(element);
      await fillIn(element, 'Azure');
      server.fault(offline);
      formButton(element, 'Add token').click();
      await says(element, 'The server could not be reached.');
      expect(dialog(element).open).to.equal(true);
      expect(deep<HTMLInputElement>(element, '[name="values.token"]').value).to.equal('secret');
      await atRest(element);
      await expect(element).to.be.accessible();
    });
  });

  describe('where the organization changes behind an open dialog', () => {
    beforeEach(() => start());

    it('keeps what was typed, and saves it for the organization that it was typed for', async () => {
      await server.client('dora').organization('globex').providerTokens.create(jira('Theirs', 'theirs'));
      const { element, client } = await show();
      await says(element, 'Add one so that');
      await openForm(element);
      await fillIn(element, 'Azure');
      element.organizationId = 'globex';
      await waitUntil(() => namesIn(element).includes('Theirs'));
      expect(deep<HTMLInputElement>(element, '[name="name"]').value).to.equal('Azure');
      expect(deep<HTMLInputElement>(element, '[name="values.token"]').value).to.equal('secret');
      formButton(element, 'Add token').click();
      await isClosed(element);
      expect((await client.organization('acme').providerTokens.list()).data.map(({ name }) => name)).to.deep.equal([
        'Azure',
      ]);
    });

    it('asks no more about a token that is of the other one', async () => {
      await add(jira('Platform', 'platform'));
      const { element, client } = await shown();
      await openMenu(element, 'Platform', 'Delete');
      element.organizationId = 'globex';
      await isClosed(element);
      expect((await client.organization('acme').providerTokens.list()).data).to.have.length(1);
    });
  });

  describe('deleting', () => {
    beforeEach(async () => {
      await start();
      for (const name of ['a', 'b', 'c']) await addOwn(jira(`Token ${name}`, name));
    });

    it('names what stops working, and has the focus on Cancel, which keeps it', async () => {
      const { element } = await shown();
      const opener = await openMenu(element, 'Token b', 'Delete');
      expect(dialog(element).getAttribute('role')).to.equal('alertdialog');
      expect(deep(element, '[part="dialog-title"]').textContent).to.equal('Delete token');
      expect(textOf(deep(element, '[part="about"]'))).to.match(
        /^Name Token b Provider Jira Code b Created .+ Last used Never$/,
      );
      expect(textOf(element)).to.include('The connection to Jira ends immediately, and agents can no longer use it.');
      const cancel = button(dialog(element), 'Cancel');
      expect(element.shadowRoot?.activeElement).to.equal(cancel);
      await atRest(element);
      await expect(element).to.be.accessible();
      cancel.click();
      await isClosed(element);
      expect(namesIn(element)).to.have.length(3);
      await waitUntil(() => element.shadowRoot?.activeElement === opener);
    });

    it('deletes, tells the host before and after, and gives the focus to the next row', async () => {
      const { element, client } = await shown();
      const before = oneEvent<ProviderTokenDeleteEvent>(element, 'provider-token-delete');
      const after = oneEvent<ProviderTokenDeleteEvent>(element, 'provider-token-deleted');
      await openMenu(element, 'Token b', 'Delete');
      button(dialog(element), 'Delete token').click();
      expect((await before).providerToken.name).to.equal('Token b');
      expect((await after).providerToken.name).to.equal('Token b');
      await waitUntil(() => namesIn(element).join() === 'Token a,Token c');
      await says(element, '“Token b” was deleted.');
      await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Actions for Token c'));
      expect((await client.providerTokens.list()).data).to.have.length(2);
    });

    it('keeps it where the host prevents it', async () => {
      const { element, client } = await shown();
      element.addEventListener('provider-token-delete', (event) => event.preventDefault());
      await openMenu(element, 'Token b', 'Delete');
      button(dialog(element), 'Delete token').click();
      await nextFrame();
      expect((await client.providerTokens.list()).data).to.have.length(3);
    });

    it('says that it failed, and can be tried again', async () => {
      const { element } = await shown();
      await openMenu(element, 'Token b', 'Delete');
      server.fault(offline);
      button(dialog(element), 'Delete token').click();
      await says(element, 'The server could not be reached.');
      await atRest(element);
      await expect(element).to.be.accessible();
      server.fault();
      button(dialog(element), 'Delete token').click();
      await waitUntil(() => namesIn(element).length === 2);
    });

    it('asks again where somebody else has changed it', async () => {
      const { element, client } = await shown();
      await openMenu(element, 'Token b', 'Delete');
      const [, token] = (await client.providerTokens.list()).data;
      if (!token) throw new Error('There is no second token.');
      await server.client('ana').providerTokens.update(token.id, { name: 'Renamed' }, { version: token.version });
      button(dialog(element), 'Delete token').click();
      await says(element, 'Name Renamed Provider Jira');
      await says(element, 'Name Current version Renamed Before Token b');
      button(dialog(element), 'Delete token').click();
      await waitUntil(() => namesIn(element).join() === 'Token a,Token c');
    });

    it('takes one that is gone already as deleted', async () => {
      const { element, client } = await shown();
      await openMenu(element, 'Token b', 'Delete');
      const [, token] = (await client.providerTokens.list()).data;
      if (!token) throw new Error('There is no second token.');
      await server.client('ana').providerTokens.delete(token.id, { version: token.version });
      button(dialog(element), 'Delete token').click();
      await waitUntil(() => namesIn(element).join() === 'Token a,Token c');
    });
  });
});
