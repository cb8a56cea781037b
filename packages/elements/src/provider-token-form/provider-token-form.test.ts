import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import type { NewProviderToken } from '@ai-cockpit/sdk';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { type Fault, held, offline, startServer, status, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenSavedEvent, ProviderTokenSaveEvent } from '../events/provider-token-events.js';
import type { ProviderTokenFormElement } from './provider-token-form.js';

const canary = 'CANARY-4d1f-of-a-secret';
const jiraToken: NewProviderToken = {
  provider: 'jira',
  name: 'Jira',
  code: 'jira',
  values: { site: 'acme.atlassian.net', email: 'bot@example.com', token: canary },
};

describe('<provider-token-form>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const show = async (attributes: { provider?: string; tokenId?: string; owner?: 'user'; person?: string } = {}) => {
    const { person = 'ana', ...properties } = attributes;
    const client = server.client(person);
    const element = await fixture<ProviderTokenFormElement>(
      html`<provider-token-form
        .client=${client}
        .provider=${properties.provider}
        .tokenId=${properties.tokenId}
        .owner=${properties.owner}
      ></provider-token-form>`,
    );
    const control = <T extends HTMLElement = HTMLInputElement>(name: string) =>
      deep<T>(element, `[name="${name}"]:not([type="radio"])`);
    const noteOf = (name: string) => deep(element, `[id="${name}-note"]`).textContent.trim();
    const choose = async (name: string, value: string) => {
      const select = control<HTMLSelectElement>(name);
      select.value = value;
      select.dispatchEvent(new Event('input', { bubbles: true }));
      await element.updateComplete;
    };
    const fillJira = (site = 'acme.atlassian.net') => {
      type(control('name'), 'Jira of Team Öst');
      type(control('values.site'), site);
      type(control('values.email'), 'bot@example.com');
      type(control('values.token'), canary);
    };
    return { element, client, control, noteOf, choose, fillJira };
  };
  const shown = async (attributes?: Parameters<typeof show>[0]) => {
    const form = await show(attributes);
    await appears(form.element, 'form');
    return form;
  };
  const saved = (element: Element) => oneEvent<ProviderTokenSavedEvent>(element, 'provider-token-saved');
  const names = (element: Element) =>
    deepAll<HTMLInputElement>(element, 'input:not([type="radio"]), select, textarea').map(({ name }) => name);
  const existing = (token = jiraToken) => server.client('ana').providerTokens.create(token);

  describe('adding', () => {
    it('shows an outline while it reads', async () => {
      const { fault, release } = held();
      server.fault(fault);
      const { element } = await show();
      deep(element, '[aria-busy="true"]');
      await expect(element).to.be.accessible();
      release();
      await appears(element, 'form');
    });

    it('asks for the provider first, in the order of the policy', async () => {
      const { element, control } = await shown();
      expect(names(element)).to.deep.equal(['provider']);
      const options = [...control<HTMLSelectElement>('provider').options].map(({ text }) => text);
      expect(options).to.deep.equal([
        'Choose a provider',
        'Jira',
        'Businessmap',
        'Azure DevOps',
        'ServiceNow',
        'GitHub Projects',
      ]);
      await expect(element).to.be.accessible();
    });

    it('says that a provider must be chosen', async () => {
      const { element, noteOf } = await shown();
      button(element, 'Add token').click();
      await element.updateComplete;
      expect(noteOf('provider')).to.equal('Choose an option.');
    });

    it('asks exactly for what the provider needs, with its hint and its guide', async () => {
      const { element, control, choose } = await shown();
      await choose('provider', 'jira');
      expect(names(element)).to.deep.equal([
        'provider',
        'name',
        'code',
        'values.site',
        'values.email',
        'values.token',
        'description',
      ]);
      const guide = deep<HTMLAnchorElement>(element, '[part="guide"] a');
      expect(guide.protocol).to.equal('https:');
      expect(guide.target).to.equal('_blank');
      expect(guide.rel).to.include('noopener');
      expect(guide.textContent).to.include('opens in a new tab');
      expect(textOf(element)).to.include('Tokens expire within a year');
      const secret = control('values.token');
      expect(secret.type).to.equal('password');
      expect(secret.autocomplete).to.equal('off');
      expect(secret.getAttribute('spellcheck')).to.equal('false');
      await expect(element).to.be.accessible();
    });

    it('asks for what an answer makes necessary, and drops the secret of the other one', async () => {
      const { element, control, choose } = await shown({ provider: 'servicenow' });
      expect(names(element)).to.include.members(['values.user', 'values.password']);
      const password = control('values.password');
      type(password, canary);
      await choose('values.method', 'apiKey');
      expect(names(element)).to.include('values.apiKey');
      expect(names(element)).not.to.include('values.password');
      expect(password.value).to.equal('');
    });

    it('drops the secret when another provider is chosen, and keeps other texts', async () => {
      const { control, choose } = await shown();
      await choose('provider', 'jira');
      type(control('name'), 'Mine');
      type(control('values.token'), canary);
      await choose('provider', 'azure-devops');
      expect(control('values.token').value).to.equal('');
      expect(control('name').value).to.equal('Mine');
    });

    it('suggests a code until the person types one', async () => {
      const { element, control } = await shown({ provider: 'jira' });
      expect(control('code').value).to.equal('jira');
      type(control('name'), 'Jira of Team Öst');
      await element.updateComplete;
      expect(control('code').value).to.equal('jira-of-team-ost');
      type(control('code'), 'mine');
      type(control('name'), 'Other');
      await element.updateComplete;
      expect(control('code').value).to.equal('mine');
      type(control('code'), '');
      control('code').dispatchEvent(new Event('change', { bubbles: true }));
      await element.updateComplete;
      expect(control('code').value).to.equal('other');
    });

    it('adds, tells the host before and after without the secret, and is empty again', async () => {
      const { element, control, fillJira } = await shown({ provider: 'jira' });
      fillJira();
      const before = oneEvent<ProviderTokenSaveEvent>(element, 'provider-token-save');
      const after = saved(element);
      button(element, 'Add token').click();
      const draft = (await before).providerToken;
      expect(draft).to.deep.include({ id: null, provider: 'jira', code: 'jira-of-team-ost', name: 'Jira of Team Öst' });
      expect(draft.values).to.deep.equal({ site: 'acme.atlassian.net', email: 'bot@example.com' });
      const { providerToken } = await after;
      expect(providerToken.owner).to.deep.include({ kind: 'organization', id: 'acme' });
      expect(JSON.stringify([draft, providerToken])).not.to.include(canary);
      await says(element, 'Saved');
      expect(control('values.token').value).to.equal('');
      expect(control('name').value).to.equal('');
      await expect(element).to.be.accessible();
    });

    it('adds it for the person alone where they choose so', async () => {
      const { element, fillJira } = await shown({ provider: 'jira' });
      fillJira();
      const onlyMe = deep<HTMLInputElement>(element, '[name="owner"][value="user"]');
      onlyMe.click();
      const after = saved(element);
      button(element, 'Add token').click();
      expect((await after).providerToken.owner.kind).to.equal('user');
    });

    it('offers only owners that the person may manage', async () => {
      const { element } = await shown({ provider: 'jira', person: 'carla' });
      expect(deepAll(element, '[name="owner"]')).to.have.length(0);
      expect(textOf(element)).to.include('Only me');
    });

    it('focuses the first field that is wrong, and sends nothing', async () => {
      const { element, control, noteOf } = await shown({ provider: 'jira' });
      let sent = false;
      element.addEventListener('provider-token-save', () => {
        sent = true;
      });
      type(control('values.email'), 'nobody');
      button(element, 'Add token').click();
      await waitUntil(() => element.shadowRoot?.activeElement === control('name'));
      expect(noteOf('name')).to.equal('Enter name.');
      expect(noteOf('values.email')).to.include('Enter an e-mail address');
      expect(sent).to.equal(false);
      await expect(element).to.be.accessible();
    });

    it('does not add where the host prevents it, and keeps what was typed', async () => {
      const { element, client, control, fillJira } = await shown({ provider: 'jira' });
      element.addEventListener('provider-token-save', (event) => event.preventDefault());
      fillJira();
      button(element, 'Add token').click();
      await element.updateComplete;
      expect((await client.organization('acme').providerTokens.list()).data).to.have.length(0);
      expect(control('values.token').value).to.equal(canary);
    });

    it('shows on each field what the server refuses', async () => {
      await existing();
      const { element, control, noteOf, fillJira } = await shown({ provider: 'jira', owner: 'user' });
      fillJira('acme.atlassian.net.evil.example');
      type(control('code'), 'jira');
      type(control('description'), `ATATT3${'x'.repeat(40)}`);
      button(element, 'Add token').click();
      await waitUntil(() => noteOf('code').includes('already in use'));
      expect(noteOf('values.site')).to.equal('Use this format: your-company.atlassian.net.');
      expect(noteOf('description')).to.include('looks like a token');
      expect(control('values.token').value).to.equal(canary);
      await expect(element).to.be.accessible();
    });

    it('keeps all that was typed when the server cannot be reached, and sends it then', async () => {
      const { element, control, fillJira } = await shown({ provider: 'jira' });
      fillJira();
      server.fault(offline);
      button(element, 'Add token').click();
      await says(element, 'The server could not be reached.');
      expect(control('values.token').value).to.equal(canary);
      expect(control('name').value).to.equal('Jira of Team Öst');
      await expect(element).to.be.accessible();
      server.fault();
      const after = saved(element);
      button(element, 'Add token').click();
      await after;
    });

    it('says that it is saving, and saves once', async () => {
      const { element, client, fillJira } = await shown({ provider: 'jira' });
      fillJira();
      const { fault, release } = held();
      server.fault(fault);
      const after = saved(element);
      button(element, 'Add token').click();
      await says(element, 'Saving…');
      await expect(element).to.be.accessible();
      button(element, 'Saving…').click();
      release();
      await after;
      server.fault();
      expect((await client.organization('acme').providerTokens.list()).data).to.have.length(1);
    });

    it('takes nothing while it saves, with the focus on its button', async () => {
      const { element, control, fillJira } = await shown({ provider: 'jira' });
      fillJira();
      const { fault, release } = held();
      server.fault((request, next) => fault(request, () => offline(request, next)));
      button(element, 'Add token').click();
      await says(element, 'Saving…');
      const isFocused = (control: HTMLElement) => element.shadowRoot?.activeElement === control;
      expect(isFocused(button(element, 'Saving…'))).to.equal(true);
      control('values.token').focus();
      expect(isFocused(button(element, 'Saving…'))).to.equal(true);
      await expect(element).to.be.accessible();
      release();
      await says(element, 'What you typed is still here.');
      expect(isFocused(button(element, 'Add token'))).to.equal(true);
      control('values.token').focus();
      expect(isFocused(control('values.token'))).to.equal(true);
    });

    it('tells the host of a session that has ended, and keeps what was typed', async () => {
      const { element, control, fillJira } = await shown({ provider: 'jira' });
      fillJira();
      server.lapse('ana');
      const expired = oneEvent(element, 'cockpit-session-expired');
      button(element, 'Add token').click();
      await expired;
      expect(control('values.token').value).to.equal(canary);
      server.renew('ana');
      const after = saved(element);
      button(element, 'Add token').click();
      await after;
    });
  });

  it('says at the server’s limit that there can be no more provider tokens, and not keys', async () => {
    const { id } = await existing();
    const { db } = server.store;
    const token = await db.selectFrom('providerToken').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const copies = Array.from({ length: 9999 }, (_, at) => ({ ...token, id: `copy-${at}`, name: `${at}`, code: null }));
    await db.transaction().execute(async (trx) => {
      while (copies.length) await trx.insertInto('providerToken').values(copies.splice(0, 500)).execute();
    });
    const { element, control, fillJira } = await shown({ provider: 'jira', owner: 'user' });
    fillJira();
    button(element, 'Add token').click();
    await says(element, 'You’ve reached the limit for provider tokens. Delete one to add another.');
    expect(textOf(element)).not.to.contain('API key');
    expect(control('values.token').value).to.equal(canary);
  });

  describe('editing', () => {
    it('shows what is there, but no secret', async () => {
      const { id } = await existing();
      const { element, control, noteOf } = await shown({ tokenId: id });
      expect(control('name').value).to.equal('Jira');
      expect(control('values.site').value).to.equal('acme.atlassian.net');
      expect(control('values.token').value).to.equal('');
      expect(control('values.token').required).to.equal(false);
      expect(noteOf('values.token')).to.equal('Leave blank to keep the current value.');
      expect(textOf(element)).to.include('Only me');
      await expect(element).to.be.accessible();
    });

    it('sends only what was changed', async () => {
      const { id } = await existing();
      const { element, control } = await shown({ tokenId: id });
      let body: unknown;
      const spy: Fault = async (request, next) => {
        if (request.method === 'PATCH') body = await request.clone().json();
        return next(request);
      };
      server.fault(spy);
      type(control('description'), 'For the platform team');
      const after = saved(element);
      button(element, 'Save').click();
      expect((await after).providerToken).to.include({ description: 'For the platform team', version: 2 });
      expect(body).to.deep.equal({ description: 'For the platform team' });
      await says(element, 'Saved');
    });

    it('asks for the secret again where it would go elsewhere', async () => {
      const { id } = await existing();
      const { element, control, noteOf } = await shown({ tokenId: id });
      type(control('values.site'), 'globex.atlassian.net');
      button(element, 'Save').click();
      await waitUntil(() => noteOf('values.token').includes('Enter the secret again'));
      expect(element.shadowRoot?.activeElement).to.equal(control('values.token'));
      type(control('values.token'), canary);
      const after = saved(element);
      button(element, 'Save').click();
      expect((await after).providerToken.values.site).to.equal('globex.atlassian.net');
      expect(control('values.token').value).to.equal('');
    });

    it('clears an optional value', async () => {
      const { id } = await existing({
        provider: 'github-projects',
        name: 'GitHub',
        code: 'github',
        values: { token: canary, owner: 'acme' },
      });
      const { element, control } = await shown({ tokenId: id });
      type(control('values.owner'), '');
      const after = saved(element);
      button(element, 'Save').click();
      expect((await after).providerToken.values).not.to.have.property('owner');
    });

    it('requires the secret of a way to sign in that is new', async () => {
      const { id } = await existing({
        provider: 'servicenow',
        name: 'ServiceNow',
        code: 'servicenow',
        values: { instance: 'acme.service-now.com', method: 'password', user: 'bot', password: canary },
      });
      const { element, control, choose } = await shown({ tokenId: id });
      await choose('values.method', 'apiKey');
      expect(control('values.apiKey').required).to.equal(true);
      type(control('values.apiKey'), 'another');
      const after = saved(element);
      button(element, 'Save').click();
      expect((await after).providerToken.values).to.deep.equal({ instance: 'acme.service-now.com', method: 'apiKey' });
    });

    it('says that it is no longer there', async () => {
      const { element } = await show({ tokenId: 'nothing' });
      await says(element, 'This no longer exists.');
      await expect(element).to.be.accessible();
    });
  });

  it('says that it failed to load, and loads again', async () => {
    server.fault(status(503));
    const { element } = await show();
    await says(element, 'The server is not available right now.');
    await expect(element).to.be.accessible();
    server.fault();
    button(element, 'Try again').click();
    await appears(element, 'form');
  });

  it('drops what was typed on Cancel without a question, and asks whoever closes it', async () => {
    const { element, control } = await shown({ provider: 'jira' });
    let cancels = 0;
    element.addEventListener('provider-token-cancel', () => {
      cancels += 1;
    });
    const secret = control('values.token');
    type(secret, canary);
    expect(element.mayLeave()).to.equal(false);
    await says(element, 'Discard changes?');
    await expect(element).to.be.accessible();
    button(element, 'Keep editing').click();
    await element.updateComplete;
    expect(secret.value).to.equal(canary);
    element.mayLeave();
    await element.updateComplete;
    button(element, 'Discard').click();
    expect(secret.value).to.equal('');
    expect(cancels).to.equal(1);
    await element.updateComplete;
    type(secret, canary);
    button(element, 'Cancel').click();
    expect(secret.value).to.equal('');
    expect(cancels).to.equal(2);
    await element.updateComplete;
    expect(textOf(element)).not.to.include('Discard');
  });

  describe('where another organization becomes the active one', () => {
    /** Ana may manage the tokens of Acme, not those of Globex. */
    const isOfGlobex = (element: Element) =>
      waitUntil(() => textOf(element).includes('API token') && deepAll(element, '[name="owner"]').length === 0);
    const typed = async () => {
      const form = await shown({ provider: 'jira' });
      form.fillJira();
      form.element.organizationId = 'globex';
      await says(form.element, 'Discard changes?');
      return form;
    };

    it('asks before it drops what was typed, and saves it for the former organization', async () => {
      const { element, client } = await typed();
      button(element, 'Keep editing').click();
      await waitUntil(() => !textOf(element).includes('Discard changes?'));
      expect(deep<HTMLInputElement>(element, '[name="values.token"]').value).to.equal(canary);
      const after = saved(element);
      button(element, 'Add token').click();
      await after;
      expect((await client.organization('acme').providerTokens.list()).data).to.have.length(1);
      expect((await client.organization('globex').providerTokens.list()).data).to.have.length(0);
    });

    it('is of the other one, and empty, once the person discards it', async () => {
      const { element } = await typed();
      button(element, 'Discard').click();
      await isOfGlobex(element);
      expect(deep<HTMLInputElement>(element, '[name="values.token"]').value).to.equal('');
    });

    it('asks nothing where nothing was typed', async () => {
      const { element } = await shown({ provider: 'jira' });
      element.organizationId = 'globex';
      await isOfGlobex(element);
      expect(textOf(element)).not.to.include('Discard changes?');
    });
  });

  it('holds no secret after it has gone (53)', async () => {
    const { element, control, fillJira } = await shown({ provider: 'jira' });
    fillJira();
    const secret = control('values.token');
    element.remove();
    await nextFrame();
    expect(secret.value).to.equal('');
  });

  it('keeps a secret where it is put elsewhere at once', async () => {
    const { element, control, fillJira } = await shown({ provider: 'jira' });
    fillJira();
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.append(element);
    await nextFrame();
    expect(control('values.token').value).to.equal(canary);
    expect(control('name').value).to.equal('Jira of Team Öst');
  });

  it('shows a secret in no attribute, text or event, nor in storage or address (53)', async () => {
    const { element, fillJira } = await shown({ provider: 'jira' });
    const seen: string[] = [];
    for (const name of ['provider-token-save', 'provider-token-saved'] as const) {
      element.addEventListener(name, ({ providerToken }) => seen.push(JSON.stringify(providerToken)));
    }
    fillJira();
    const after = saved(element);
    await element.updateComplete;
    seen.push(element.shadowRoot?.innerHTML ?? '');
    button(element, 'Add token').click();
    await after;
    seen.push(element.shadowRoot?.innerHTML ?? '', element.outerHTML, location.href);
    seen.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(history.state));
    expect(seen.join()).not.to.include(canary);
  });

  describe('links to a guide (58)', () => {
    const linksWhere = async (guideUrl: string) => {
      server.fault(async (request, next) => {
        const response = await next(request);
        if (!request.url.endsWith('/providers')) return response;
        const text = (await response.text()).replace(/"guideUrl":"[^"]*"/g, `"guideUrl":${JSON.stringify(guideUrl)}`);
        return new Response(text, { status: 200, headers: response.headers });
      });
      const { element } = await shown({ provider: 'jira' });
      return deepAll<HTMLAnchorElement>(element, 'a');
    };

    it('58 over TLS, and in a window that learns nothing of this one', async () => {
      const [link, ...others] = await linksWhere('https://guide.example/');
      expect([link?.href, link?.target, others.length]).to.deep.equal(['https://guide.example/', '_blank', 0]);
      expect(link?.relList.contains('noopener')).to.equal(true);
    });

    for (const guideUrl of [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://guide.example/',
      '//guide.example/',
      '/',
    ]) {
      it(`58 and never to ${guideUrl}`, async () => {
        expect(await linksWhere(guideUrl)).to.have.lengthOf(0);
      });
    }
  });
});
