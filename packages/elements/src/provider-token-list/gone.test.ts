import { expect, fixture, html } from '@open-wc/testing';
import { appears, atRest, button, deep, deepAll, says, type, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenListElement } from './provider-token-list.js';

describe('<provider-token-list> where somebody else deletes the token that is being edited', () => {
  let server: TestServer;
  afterEach(() => server.close());

  /** The dialog to edit a token that has gone, after Save. */
  const gone = async () => {
    const client = server.client('ana');
    const values = { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'secret' };
    const { id } = await client.providerTokens.create({ provider: 'jira', name: 'Jira', code: 'jira', values });
    const element = await fixture<ProviderTokenListElement>(
      html`<provider-token-list .client=${server.client('ana')} lang="en"></provider-token-list>`,
    );
    await appears(element, 'tbody tr');
    button(element, 'Actions for Jira').click();
    button(element, 'Edit').click();
    type(await appears<HTMLInputElement>(element, '[name="name"]'), 'Mine');
    await client.providerTokens.delete(id, { version: 1 });
    const save = button(deep(element, 'provider-token-form'), 'Save');
    save.focus();
    save.click();
    await says(element, 'Someone else deleted this in the meantime.');
    return element;
  };
  const title = (element: Element) => deep(element, '[part="dialog-title"]').textContent;

  it('the message is in view and has the focus, and the button to add it stands in the place of Save', async () => {
    server = await startServer();
    const element = await gone();
    await atRest(element);
    const message = deep(element, '[part="problem"]');
    const form = deep(element, 'provider-token-form');
    await waitUntil(() => form.shadowRoot?.activeElement === message);
    const actions = deep(element, '[part="actions"]');
    const { top, bottom } = message.getBoundingClientRect();
    expect(top).to.be.at.least(deep(element, '[part="dialog-title"]').getBoundingClientRect().bottom);
    expect(bottom).to.be.at.most(actions.getBoundingClientRect().top);
    expect(actions.contains(button(element, 'Add as new token'))).to.equal(true);
    expect(deepAll(actions, '[part="save"]')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('the dialog is titled as one that adds a token once its values become a new one', async () => {
    server = await startServer();
    const element = await gone();
    expect(title(element)).to.equal('Edit “Jira”');
    button(element, 'Add as new token').click();
    await waitUntil(() => title(element) === 'Add a token');
    expect(deep<HTMLInputElement>(element, '[name="name"]').value).to.equal('Mine');
  });
});
