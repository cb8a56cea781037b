import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { appears, atRest, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { answerLost, held, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenListElement } from './provider-token-list.js';

const onePerProvider: NonNullable<HostPolicy['providerTokens']> = {
  owners: ['user'],
  presentation: 'perProvider',
  fields: { name: 'hidden', code: 'hidden', description: 'hidden' },
  providers: ['azure-devops', 'jira'],
  rawLeases: false,
};

const perProvider: HostPolicy = {
  ...aiCockpitOne,
  providerTokens: onePerProvider,
};

const jira = { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'secret' };

describe('<provider-token-list> of one row a provider', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(perProvider);
  });
  afterEach(() => server.close());

  const shown = async () => {
    const client = server.client('ana');
    const element = await fixture<ProviderTokenListElement>(
      html`<provider-token-list .client=${client}></provider-token-list>`,
    );
    await appears(element, 'tbody tr');
    // Of whoever changes something, others hear once the client knows who it is.
    await client.profile.get();
    return { element, client };
  };
  const namesIn = (root: Element) =>
    deepAll(root, 'tbody th').map((row) => row.querySelector('bdi')?.textContent ?? '');
  const dialog = (element: Element) => deep<HTMLDialogElement>(element, 'dialog');
  const isClosed = (element: Element) => waitUntil(() => deepAll(element, 'dialog').length === 0);
  const choose = async (element: ProviderTokenListElement, name: string, action: 'Edit' | 'Delete') => {
    (await appears(element, `[aria-label="Actions for ${name}"]`)).click();
    await nextFrame();
    button(deep(element, '[part="menu"]'), action).click();
    await element.updateComplete;
  };
  const formButton = (element: Element, name: string) => button(dialog(element), name);
  /** Fills in the form for Jira, and sends it; the server does what is asked, and its answer is lost. */
  const addInVain = async (element: Element) => {
    button(element, 'Add token for Jira').click();
    await appears(element, '[name="values.site"]');
    for (const [field, value] of Object.entries(jira)) type(deep(element, `[name="values.${field}"]`), value);
    server.fault((request, next) => (request.method === 'POST' ? answerLost(request, next) : next(request)));
    formButton(element, 'Add token').click();
    await says(element, 'The server could not be reached. What you typed is still here.');
    server.fault();
  };

  it('has a row for each, and adds on it', async () => {
    const { element } = await shown();
    expect(namesIn(element)).to.deep.equal(['Azure DevOps', 'Jira']);
    expect(deepAll(element, '[type="search"]')).to.have.length(0);
    await atRest(element);
    await expect(element).to.be.accessible();
    button(element, 'Add token for Azure DevOps').click();
    await appears(element, '[name="values.organization"]');
    expect(deep(element, '[part="dialog-title"]').textContent).to.include('Add token for Azure DevOps');
    expect(deepAll(element, '[name="name"], [name="code"], [name="provider"], [name="owner"]')).to.have.length(0);
    type(deep(element, '[name="values.organization"]'), 'acme');
    type(deep(element, '[name="values.token"]'), 'secret');
    formButton(element, 'Add token').click();
    await isClosed(element);
    await waitUntil(() => element.shadowRoot?.activeElement?.getAttribute('aria-label') === 'Actions for Azure DevOps');
    expect(namesIn(element)).to.deep.equal(['Azure DevOps', 'Jira']);
  });

  it('edits on the row, and says that deleting ends the connection', async () => {
    const { element, client } = await shown();
    await client.providerTokens.create({ provider: 'jira', values: jira });
    await choose(element, 'Jira', 'Edit');
    await says(element, 'Edit “Jira token”');
    (await appears(element, 'input[type="password"]')).focus();
    type(deep(element, 'input[type="password"]'), 'another');
    formButton(element, 'Save').click();
    await isClosed(element);
    await says(element, '“Jira token” was saved.');
    await choose(element, 'Jira', 'Delete');
    await says(element, 'Delete token This removes the credential from the server. The connection to Jira ends');
    button(dialog(element), 'Delete token').click();
    await isClosed(element);
    await waitUntil(() => element.shadowRoot?.activeElement?.matches('[part="add"]'));
    expect(button(element, 'Add token for Jira')).to.be.instanceOf(HTMLElement);
  });

  it('deletes what was saved just before, though the list has not been read again', async () => {
    const { element, client } = await shown();
    await client.providerTokens.create({ provider: 'jira', values: jira });
    await choose(element, 'Jira', 'Edit');
    type(await appears(element, 'input[type="password"]'), 'another');
    const { fault, release } = held();
    server.fault((request, next) => (request.method === 'GET' ? fault : next)(request, next));
    formButton(element, 'Save').click();
    await isClosed(element);
    await choose(element, 'Jira', 'Delete');
    button(dialog(element), 'Delete token').click();
    await isClosed(element);
    release();
    await waitUntil(() => deepAll(element, '[aria-label="Actions for Jira"]').length === 0);
  });

  it('shows the one that a lost answer has added, keeps what was typed, and adds no second', async () => {
    const { element, client } = await shown();
    await addInVain(element);
    formButton(element, 'Add token').click();
    await says(element, 'Jira already has a token here.');
    await expect(element).to.be.accessible();
    expect(deep<HTMLInputElement>(element, '[name="values.site"]').value).to.equal(jira.site);
    expect(deep<HTMLInputElement>(element, 'input[type="password"]').value).to.equal(jira.token);
    formButton(element, 'Save').click();
    await isClosed(element);
    await says(element, '“Jira token” was added.');
    const { data } = await client.providerTokens.list();
    expect(data.map(({ provider, version }) => [provider, version])).to.deep.equal([['jira', 2]]);
    expect(namesIn(element)).to.deep.equal(['Azure DevOps', 'Jira']);
  });

  it('shows the one that a lost answer has added where the form is then left', async () => {
    const { element } = await shown();
    await addInVain(element);
    formButton(element, 'Cancel').click();
    await isClosed(element);
    await waitUntil(() => deepAll(element, '[aria-label="Actions for Jira"]').length === 1);
  });

  it('has both owners side by side, each with a row of its own a provider', async () => {
    await server.close();
    server = await startServer({
      ...perProvider,
      providerTokens: { ...onePerProvider, owners: ['user', 'organization'] },
    });
    const { element, client } = await shown();
    await client.organization('acme').providerTokens.create({ provider: 'jira', values: jira });
    await waitUntil(() => deepAll(element, '[part="group"]').length === 2);
    const groups = () => deepAll(element, '[part="group"]').map((group) => [textOf(group), namesIn(group)] as const);
    await waitUntil(() => deepAll(element, '[aria-label^="Actions for Jira"]').length === 1);
    expect(groups().map(([, names]) => names)).to.deep.equal([
      ['Azure DevOps', 'Jira'],
      ['Azure DevOps', 'Jira'],
    ]);
    expect(groups()[0]?.[0]).to.match(/^Personal/);
    expect(groups()[1]?.[0]).to.match(/^Acme \(organization\)/);
    expect(deepAll(element, '.row-actions > button').map((button) => button.getAttribute('aria-label'))).to.deep.equal([
      'Add token for Azure DevOps, Personal',
      'Add token for Jira, Personal',
      'Add token for Azure DevOps, Acme (organization)',
      'Actions for Jira, Acme (organization)',
    ]);
    button(element, 'Add token for Jira, Personal').click();
    await appears(element, '[name="values.site"]');
    await says(element, 'Owner Only me');
  });

  it('speaks of a token that has no name as that of its provider', async () => {
    await server
      .client('ana')
      .providerTokens.create({ provider: 'azure-devops', values: { organization: 'acme', token: 'secret' } });
    const { element } = await shown();
    await choose(element, 'Azure DevOps', 'Edit');
    await appears(element, '[name="values.organization"]');
    expect(deep(element, '[part="dialog-title"]').textContent).to.include('Edit “Azure DevOps token”');
    formButton(element, 'Cancel').click();
    await isClosed(element);
    await choose(element, 'Azure DevOps', 'Delete');
    expect(deep(element, '[part="dialog-title"]').textContent).to.equal('Delete token');
    expect(textOf(deep(element, '[part="about"]'))).to.match(/^Provider Azure DevOps Created .+ Last used Never$/);
    deep(element, '[part="confirm"]').click();
    await says(element, '“Azure DevOps token” was deleted.');
  });

  it('has the focus on what adds another where one was deleted', async () => {
    await server.client('ana').providerTokens.create({ provider: 'jira', values: jira });
    const { element } = await shown();
    await choose(element, 'Jira', 'Delete');
    deep(element, '[part="confirm"]').click();
    await waitUntil(() => element.shadowRoot?.activeElement?.getAttribute('aria-label') === 'Add token for Jira');
  });

  it('labels nothing where there is little room and no token', async () => {
    const { element } = await shown();
    const labels = () =>
      deepAll(element, 'tbody td[data-label]')
        .filter((cell) => cell.getClientRects().length > 0)
        .map((cell) => cell.dataset.label);
    expect(labels()).to.deep.equal(['Status', 'Last used', 'Updated', 'Status', 'Last used', 'Updated']);
    (element.parentElement as HTMLElement).style.inlineSize = '320px';
    await waitUntil(() => labels().length === 2);
    expect(labels()).to.deep.equal(['Status', 'Status']);
  });

  it('has the button beside the link to the instructions, over nothing, where there is little room', async () => {
    for (const language of ['en', 'pt-BR', 'es', 'ja']) {
      const element = await fixture(
        html`<provider-token-list .client=${server.client('ana')} lang=${language} style="inline-size: 300px"></provider-token-list>`,
      );
      await appears(element, '[part="add"]');
      for (const add of deepAll(element, '[part="add"]')) {
        const { left } = add.getBoundingClientRect();
        const name = add.closest('tr')?.querySelector('.title');
        expect(name?.getBoundingClientRect().right, language).to.be.at.most(left);
        expect(name?.scrollWidth, language).to.be.at.most(name?.clientWidth ?? 0);
      }
      expect(element.scrollWidth, language).to.be.at.most(element.clientWidth);
    }
  });
});
