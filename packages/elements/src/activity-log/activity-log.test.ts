import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { held, offline, startServer, status, type TestServer } from '../../test/server.js';
import type { ActivityLogElement } from './activity-log.js';
import './define.js';

const jira = { provider: 'jira', values: { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'a-secret' } };

describe('<activity-log>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  /** A key made by Bruno and ended by Ana, a token lent to it meanwhile. */
  const live = async () => {
    const acme = server.client('ana').organization('acme');
    await acme.providerTokens.create({ ...jira, name: 'Board', code: 'board' });
    server.advance(60_000);
    const { apiKey, secret } = await server.client('bruno').organization('acme').apiKeys.create({
      description: 'Nightly',
      module: 'agents',
    });
    const asKey = (path: string, init: RequestInit = {}) =>
      server.fetch(
        new Request(`${server.baseUrl}${path}`, {
          ...init,
          headers: { 'X-API-KEY': secret?.reveal() ?? '', 'Content-Type': 'application/json' },
        }),
      );
    const lease = (provider: string) =>
      asKey('/integration/credentials', {
        method: 'POST',
        body: JSON.stringify({ provider, purpose: 'Sprint report' }),
      });
    server.advance(60_000);
    await lease('jira');
    server.advance(60_000);
    await lease('github-projects');
    server.advance(60_000);
    await acme.apiKeys.revoke(apiKey.id, { reason: 'Leaked' });
    server.advance(60_000);
    await asKey('/integration/whoami');
    secret?.dispose();
    server.advance(60_000);
  };
  const show = (person = 'ana', { client = server.client(person), pageSize = 25, width = 960, lang = 'en' } = {}) =>
    fixture<ActivityLogElement>(
      html`<activity-log .client=${client} page-size=${pageSize} lang=${lang}></activity-log>`,
      { parentNode: Object.assign(document.createElement('div'), { style: `inline-size: ${width}px` }) },
    );
  const shown = async (...parameters: Parameters<typeof show>) => {
    const element = await show(...parameters);
    await appears(element, 'tbody tr');
    return element;
  };
  const folded = (element: Element | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim();
  const whats = (element: Element) => deepAll(element, 'tbody th').map(folded);
  const whens = (element: Element) => deepAll(element, 'tbody td[data-label="Time"]').map(folded);
  const whos = (element: Element) => deepAll(element, 'tbody td[data-label="User"]').map(folded);

  it('shows an outline while it reads', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show();
    expect(deep(element, '[aria-busy="true"]')).to.be.instanceOf(HTMLElement);
    expect(textOf(element)).to.equal('Loading…');
    await expect(element).to.be.accessible();
    release();
    await says(element, 'Profile created at first sign-in');
  });

  it('says what happened, to what and whose, by whom, when and from where, the latest first', async () => {
    await live();
    const element = await shown();
    expect(whats(element)).to.deep.equal([
      'API key “Nightly” rejected: no longer valid Rejected Owner: Acme',
      'API key “Nightly” revoked Owner: Acme Leaked',
      'An agent used provider token “github-projects” Rejected Owner: Acme Sprint report',
      'An agent used provider token “Board” Owner: Acme Sprint report',
      'API key “Nightly” created Owner: Acme',
      'Provider token “Board” added Owner: Acme',
      'Profile created at first sign-in',
    ]);
    expect(whos(element)).to.deep.equal([
      'Not signed in',
      'Ana Souza',
      'API key “Nightly”',
      'API key “Nightly”',
      'Bruno Lima',
      'Ana Souza',
      'Ana Souza',
    ]);
    const [time] = deepAll<HTMLTimeElement>(element, 'tbody time');
    expect(time?.title).to.match(/^[A-Z][a-z]+ \d+, \d{4}, .+ (UTC|GMT)/);
    expect(folded(deepAll(element, 'td[data-label="Source"]')[0])).to.equal('page');
    await expect(element).to.be.accessible();
  });

  it('says how often a refusal was repeated, and when it was last', async () => {
    const client = server.client('ana');
    const token = server.connection('ana').getAccessToken();
    for (let i = 0; i < 3; i++) {
      await server.fetch(
        new Request(`${server.baseUrl}/integration/credentials`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ provider: 'github-projects', purpose: `Attempt ${i}` }),
        }),
      );
      server.advance(60_000);
    }
    const element = await shown('ana', { client });
    expect(whats(element)[0]).to.equal('An agent used provider token “github-projects” Rejected 3 times Attempt 0');
    expect(whens(element)[0]).to.match(/^[A-Z][a-z]{2} \d+, \d{4} 3 minutes ago Last: 1 minute ago$/);
    await expect(element).to.be.accessible();
    for (const [lang, times] of [
      ['pt-BR', '3 vezes'],
      ['es', '3 veces'],
      ['ja', '3回'],
    ] as const)
      await says(await shown('ana', { client, lang }), times);
  });

  it('goes on with a search that has looked at many entries and found none so far', async () => {
    await live();
    const element = await shown();
    server.fault(async (request, next) => {
      const { pathname, searchParams } = new URL(request.url);
      const isFirst = pathname.endsWith('/activity') && searchParams.get('q') && !searchParams.has('cursor');
      // A cursor of the server's own, were it so full.
      if (!isFirst) return next(new Request(request.url.replace(/&?cursor=goes-on/, ''), request));
      return Response.json({ data: [], nextCursor: 'goes-on' });
    });
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'bruno');
    await waitUntil(() => whats(element).length === 1);
    expect(whats(element)).to.deep.equal(['API key “Nightly” created Owner: Acme']);
  });

  it('shows a person what they did, not what others did', async () => {
    await live();
    const element = await shown('bruno');
    expect(whats(element)).to.deep.equal(['API key “Nightly” created Owner: Acme', 'Profile created at first sign-in']);
  });

  it('shows what is of a kind that it does not know', async () => {
    server.fault(async (request, next) => {
      const response = await next(request);
      if (!new URL(request.url).pathname.endsWith('/activity')) return response;
      const page = (await response.json()) as { data: object[] };
      return Response.json({ ...page, data: page.data.map((entry) => ({ ...entry, action: 'robot.fed' })) });
    });
    const element = await shown();
    expect(whats(element)).to.deep.equal(['Other activity: robot.fed']);
  });

  it('says where nobody asked, but the server did it by itself', async () => {
    server.fault(async (request, next) => {
      const response = await next(request);
      if (!new URL(request.url).pathname.endsWith('/activity')) return response;
      const page = (await response.json()) as { data: object[] };
      const own = { action: 'mail.refused', outcome: 'refused', actor: null, source: '' };
      return Response.json({ ...page, data: page.data.map((entry) => ({ ...entry, ...own })) });
    });
    const element = await shown();
    expect(whats(element)).to.deep.equal(['E-mail rejected by the mail server Rejected']);
    expect(whos(element)).to.deep.equal(['System']);
    await expect(element).to.be.accessible();
  });

  it('says so where nothing has happened', async () => {
    server.fault(async (request, next) =>
      new URL(request.url).pathname.endsWith('/activity')
        ? Response.json({ data: [], nextCursor: null })
        : next(request),
    );
    const element = await show();
    await says(element, 'No activity yet.');
    await expect(element).to.be.accessible();
  });

  it('searches on the server, and says when nothing matches', async () => {
    await live();
    const element = await shown();
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'bruno');
    await waitUntil(() => whats(element).length === 1);
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'zzz');
    await says(element, 'No activity matches “zzz”.');
    await expect(element).to.be.accessible();
    button(element, 'Clear search').click();
    await waitUntil(() => whats(element).length === 7);
  });

  it('turns pages, and the order of time, by the keyboard', async () => {
    await live();
    const element = await shown('ana', { pageSize: 4 });
    expect(whats(element)).to.have.length(4);
    button(element, 'Next').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => whats(element).length === 3);
    expect(whats(element)[2]).to.equal('Profile created at first sign-in');
    button(element, 'Previous').click();
    await waitUntil(() => whats(element).length === 4);
    expect(deep(element, '[aria-sort]').ariaSort).to.equal('descending');
    button(element, 'Time').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => whats(element)[0] === 'Profile created at first sign-in');
    expect(deep(element, '[aria-sort]').ariaSort).to.equal('ascending');
    expect(element.shadowRoot?.activeElement === button(element, 'Time')).to.equal(true);
  });

  it('follows what is done on the same client', async () => {
    const client = server.client('ana');
    const element = await shown('ana', { client });
    const { version } = await client.profile.get();
    await client.profile.update({ firstName: 'Anabela' }, { version });
    await waitUntil(() => whats(element)[0] === 'Profile changed');
  });

  for (const [what, fault, words] of [
    ['could not be reached', offline, 'The server could not be reached.'],
    ['failed', status(500), 'Something went wrong.'],
    ['lets nobody read it', status(403), 'You do not have access to this.'],
  ] as const) {
    it(`offers to try again where the server ${what}`, async () => {
      server.fault(fault);
      const element = await show();
      await says(element, words);
      await expect(element).to.be.accessible();
      server.fault();
      button(element, 'Try again').click();
      await appears(element, 'tbody tr');
    });
  }

  it('keeps what it shows where it cannot be read again, and says why', async () => {
    const client = server.client('ana');
    const element = await shown('ana', { client });
    server.fault((request, next) =>
      new URL(request.url).pathname.endsWith('/activity') ? offline(request, next) : next(request),
    );
    const { version } = await client.profile.get();
    await client.profile.update({ firstName: 'Anabela' }, { version });
    await says(element, 'The server could not be reached.');
    expect(whats(element)).to.have.length(1);
  });

  it('tells the host when the session has ended', async () => {
    server.fault(status(401));
    const client = server.client('ana');
    const element = await fixture<ActivityLogElement>(html`<activity-log lang="en"></activity-log>`);
    const ended = oneEvent(element, 'cockpit-session-expired');
    element.client = client;
    await ended;
    await says(element, 'You are not signed in.');
  });

  it('shows names as the text that they are', async () => {
    const name = '<img src=x onerror=alert(1)>';
    await server.client('ana').providerTokens.create({ ...jira, name, code: 'markup' });
    const element = await shown();
    expect(whats(element)[0]).to.equal(`Provider token “${name}” added`);
    expect(deepAll(element, 'img')).to.have.length(0);
  });

  it('speaks the language of the page', async () => {
    await live();
    for (const [lang, said] of [
      ['pt-BR', 'Chave de API “Nightly” revogada'],
      ['es', 'Clave de API “Nightly” revocada'],
      ['ja', 'APIキー「Nightly」を取り消し'],
    ] as const) {
      const element = await shown('ana', { lang });
      await says(element, said);
    }
  });

  for (const width of [320, 700, 960]) {
    it(`fits into ${width} pixels`, async () => {
      const name = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(2);
      await server.client('ana').providerTokens.create({ ...jira, name, code: 'long' });
      await live();
      const element = await shown('ana', { width });
      expect(element.scrollWidth).to.be.at.most(width);
      for (const part of deepAll(element, 'table, tr, th, td, .badge'))
        expect(part.getBoundingClientRect().right).to.be.at.most(element.getBoundingClientRect().right + 1);
      await expect(element).to.be.accessible();
    });
  }

  it('is a section of the page where the policy has it', async () => {
    await server.close();
    server = await startServer({ ...aiCockpitOne, sections: [{ id: 'activity' }] });
    await import('../profile-tabs/define.js');
    const page = await fixture(html`<profile-tabs .client=${server.client('ana')} lang="en"></profile-tabs>`);
    await says(page, 'Profile created at first sign-in');
  });
});
