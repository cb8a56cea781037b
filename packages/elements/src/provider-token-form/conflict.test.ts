import type { ProviderTokenPatch } from '@ai-cockpit/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenSavedEvent } from '../events/provider-token-events.js';
import type { ProviderTokenFormElement } from './provider-token-form.js';

const canary = 'CANARY-4d1f-of-a-secret';

describe('<provider-token-form> where somebody else was first', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  /** A token of the person's own, in a form. */
  const editing = async () => {
    const client = server.client('ana');
    const values = { site: 'acme.atlassian.net', email: 'bot@example.com', token: canary };
    const { id } = await client.providerTokens.create({ provider: 'jira', name: 'Jira', code: 'jira', values });
    const element = await fixture<ProviderTokenFormElement>(
      html`<provider-token-form .client=${client} token-id=${id}></provider-token-form>`,
    );
    await appears(element, 'form');
    const control = (name: string) => deep<HTMLInputElement>(element, `[name="${name}"]:not([type="radio"])`);
    return { id, element, control };
  };
  const saved = (element: Element) => oneEvent<ProviderTokenSavedEvent>(element, 'provider-token-saved');
  const changes = (element: Element) =>
    deepAll(element, '[part="changes"] > div').map((field) => field.textContent.replace(/\s+/g, ' ').trim());
  const theirs = (id: string, patch: ProviderTokenPatch) =>
    server.client('ana').providerTokens.update(id, patch, { version: 1 });

  it('says what they changed, and saves both where that is something else', async () => {
    const { id, element, control } = await editing();
    type(control('name'), 'Mine');
    await theirs(id, { description: 'Theirs' });
    button(element, 'Save').click();
    await says(element, 'You changed different fields. Both changes can be saved.');
    expect(changes(element)).to.deep.equal(['Description Current version Theirs Before Empty']);
    await expect(element).to.be.accessible();
    const after = saved(element);
    button(element, 'Save both').click();
    expect((await after).providerToken).to.include({ name: 'Mine', description: 'Theirs', version: 3 });
  });

  it('asks where both changed the same: the site, the name and the secret', async () => {
    const { id, element, control } = await editing();
    type(control('name'), 'Mine');
    type(control('values.site'), 'mine.atlassian.net');
    type(control('values.token'), canary);
    await theirs(id, { name: 'Theirs', values: { site: 'theirs.atlassian.net', token: 'another' } });
    button(element, 'Save').click();
    await says(element, 'You both changed these fields. Choose which version to keep.');
    expect(changes(element)).to.deep.equal([
      'Name Current version Theirs Your version Mine',
      'Site Current version theirs.atlassian.net Your version mine.atlassian.net',
      'API token Current version It may have been replaced Your version New value',
    ]);
    expect(control('values.token').value).to.equal(canary);
    await expect(element).to.be.accessible();
    const after = saved(element);
    button(element, 'Keep my version').click();
    const { providerToken } = await after;
    expect(providerToken).to.include({ name: 'Mine' });
    expect(providerToken.values.site).to.equal('mine.atlassian.net');
  });

  it('says of a secret no more than that it may have been replaced, and takes theirs by emptying mine', async () => {
    const { id, element, control } = await editing();
    type(control('values.token'), canary);
    type(control('description'), 'For the platform team');
    await theirs(id, { values: { token: 'another' } });
    button(element, 'Save').click();
    await says(element, 'You both changed this field.');
    expect(changes(element)).to.deep.equal([
      'API token Current version It may have been replaced Your version New value',
    ]);
    button(element, 'Use current version').click();
    await says(element, 'The form now shows the saved version.');
    expect(control('values.token').value).to.equal('');
    expect(control('description').value).to.equal('For the platform team');
    await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Save'));
    const after = saved(element);
    button(element, 'Save').click();
    expect((await after).providerToken).to.include({ description: 'For the platform team', version: 3 });
  });

  it('asks before it sends a secret over one that they may have replaced, whatever else they changed', async () => {
    const { id, element, control } = await editing();
    type(control('values.token'), canary);
    await theirs(id, { description: 'Theirs', values: { token: 'another' } });
    button(element, 'Save').click();
    await says(element, 'You both changed one or more of these fields.');
    expect(changes(element)).to.deep.equal([
      'Description Current version Theirs Before Empty',
      'API token Current version It may have been replaced Your version New value',
    ]);
    button(element, 'Use current version').click();
    await says(element, 'The form now shows the saved version.');
    expect(control('values.token').value).to.equal('');
  });

  it('says that they deleted it, keeps what was typed, and adds it as a new one', async () => {
    const { id, element, control } = await editing();
    type(control('name'), 'Mine');
    await server.client('ana').providerTokens.delete(id, { version: 1 });
    button(element, 'Save').click();
    await says(element, 'Someone else deleted this in the meantime.');
    await expect(element).to.be.accessible();
    expect(control('name').value).to.equal('Mine');
    button(element, 'Add as new token').click();
    await waitUntil(() => element.shadowRoot?.activeElement === control('values.token'));
    expect(control('values.site').value).to.equal('acme.atlassian.net');
    expect(control('code').value).to.equal('jira');
    expect(control('values.token').required).to.equal(true);
    await expect(element).to.be.accessible();
    type(control('values.token'), canary);
    const after = saved(element);
    button(element, 'Add token').click();
    const { providerToken } = await after;
    expect(providerToken).to.include({ name: 'Mine', code: 'jira' });
    expect(providerToken.owner.kind).to.equal('user');
    expect(providerToken.id).not.to.equal(id);
  });
});
