import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import { deep, deepAll, settled, textOf, type, waitUntil } from '../page.js';
import { type Fault, startServer, type TestServer } from '../server.js';

const jira = (name: string) => ({
  provider: 'jira',
  name,
  code: name.toLowerCase(),
  values: { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'CANARY-of-one-truth' },
});

const contents = (element: Element) =>
  [textOf(element), ...deepAll<HTMLInputElement>(element, 'input, select').map(({ value }) => value)].join(' ');

/** Holds the answers to these requests, already made, until they are released, in whatever order. */
const answersHeld = (isHeld: (url: URL) => boolean) => {
  const waiting: { url: URL; release: () => void }[] = [];
  const fault: Fault = async (request, next) => {
    const url = new URL(request.url);
    // The browser gives no answer to a request that was given up; here the worst is assumed, that one comes.
    const answer = next(new Request(request, { signal: null }));
    if (!isHeld(url)) return answer;
    await new Promise<void>((release) => waiting.push({ url, release }));
    return answer;
  };
  const release = (which: (url: URL) => boolean = () => true) => {
    for (const { url, release } of waiting) if (which(url)) release();
  };
  return { fault, waiting, release };
};

/** Everything that an element has shown since. */
const watched = (element: Element) => {
  const seen: string[] = [];
  const timer = setInterval(() => seen.push(contents(element)), 1);
  return () => {
    clearInterval(timer);
    return [...seen, contents(element)].join(' | ');
  };
};

describe('a late answer', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
    const [acme, globex] = [server.client('ana').organization('acme'), server.client('dora').organization('globex')];
    await acme.apiKeys.create({ description: 'OfAcme' });
    await globex.apiKeys.create({ description: 'OfGlobex' });
    await acme.providerTokens.create(jira('OfAcme'));
    await globex.providerTokens.create(jira('OfGlobex'));
  });
  afterEach(() => server.close());

  const elements = {
    'api-key-list': html`<api-key-list></api-key-list>`,
    'provider-token-list': html`<provider-token-list owner="organization"></provider-token-list>`,
    'profile-form': html`<profile-form></profile-form>`,
    'profile-tabs': html`<profile-tabs section="api-keys"></profile-tabs>`,
  };
  const ofAcme = (url: URL) => !/globex/.test(url.href);
  const ofGlobex = (url: URL) => /globex/.test(url.href);
  const marks: Record<string, { acme: string; globex: string }> = {
    'profile-form': { acme: 'Administrator', globex: 'Member' },
  };

  for (const [tag, template] of Object.entries(elements)) {
    const { acme, globex } = marks[tag] ?? { acme: 'OfAcme', globex: 'OfGlobex' };

    for (const order of ['before', 'after'] as const) {
      it(`for the former organization, arriving ${order} the new one: not drawn in <${tag}>`, async () => {
        const client = server.client('ana');
        await client.profile.get();
        const { fault, waiting, release } = answersHeld(() => true);
        server.fault(fault);
        const root = await fixture(
          html`<cockpit-client .client=${client} organization-id="acme">${template}</cockpit-client>`,
        );
        const element = root.querySelector(tag)!;
        await waitUntil(() => waiting.some(({ url }) => ofAcme(url)));
        const seen = watched(element);
        Object.assign(root, { organizationId: 'globex' });
        await waitUntil(() => waiting.some(({ url }) => ofGlobex(url)));
        if (order === 'before') {
          release(ofAcme);
          await settled();
        }
        // Answers after the first ones of the new organization are not held.
        const open = setInterval(
          () =>
            release(
              order === 'before'
                ? undefined
                : (url) => ofGlobex(url) || url.pathname.endsWith('/profile') || url.pathname.endsWith('/providers'),
            ),
          5,
        );
        await waitUntil(() => contents(element).includes(globex), `<${tag}> did not show ${globex}`);
        clearInterval(open);
        release();
        await settled();
        expect(contents(element)).to.include(globex);
        expect(seen()).not.to.include(acme);
      });

      it(`of the former client, arriving ${order} the new one: not drawn in <${tag}>`, async () => {
        const { fault, waiting } = answersHeld(() => true);
        server.fault(fault);
        const [anas, doras] = [server.client('ana'), server.client('dora')];
        const root = await fixture(html`<cockpit-client .client=${anas}>${template}</cockpit-client>`);
        const element = root.querySelector(tag)!;
        await waitUntil(() => waiting.length > 0);
        const former = [...waiting];
        const seen = watched(element);
        Object.assign(root, { client: doras });
        await waitUntil(() => waiting.length > former.length);
        const releaseFormer = () => former.forEach((answer) => answer.release());
        const releaseNew = () =>
          waiting.filter((answer) => !former.includes(answer)).forEach((answer) => answer.release());
        if (order === 'before') {
          releaseFormer();
          await settled();
        }
        const open = setInterval(releaseNew, 5);
        const hers = tag === 'profile-form' ? 'Keller' : 'OfGlobex';
        await waitUntil(() => contents(element).includes(hers), `<${tag}> did not show ${hers}`);
        clearInterval(open);
        releaseFormer();
        releaseNew();
        await settled();
        expect(contents(element)).to.include(hers);
        expect(seen()).not.to.match(/Souza|OfAcme|Administrator/);
      });
    }
  }

  it('of a replaced search: not drawn', async () => {
    const client = server.client('ana');
    for (const description of ['First', 'Second', 'Third'])
      await client.organization('acme').apiKeys.create({ description });
    const list = await fixture(html`<api-key-list .client=${client}></api-key-list>`);
    await waitUntil(() => contents(list).includes('Third'));
    const { fault, waiting, release } = answersHeld((url) => url.searchParams.has('q'));
    server.fault(fault);
    const search = deep<HTMLInputElement>(list, '[part="search"]');
    type(search, 'First');
    await waitUntil(() => waiting.length === 1);
    type(search, 'Second');
    await waitUntil(() => waiting.length === 2);
    const rows = () => deepAll(list, 'tbody th').map(({ textContent }) => textContent?.trim());
    release((url) => url.searchParams.get('q') === 'First');
    await settled();
    expect(rows()).not.to.deep.equal(['First']);
    release();
    await waitUntil(() => rows().join() === 'Second');
    type(search, 'Third');
    await waitUntil(() => waiting.length === 3);
    // Cleared: the whole list comes first, and then what was searched for before.
    type(search, '');
    await waitUntil(() => rows().length === 4);
    release();
    await settled();
    expect(rows()).to.have.length(4);
  });

  it('of a replaced page, order or page size: not drawn', async () => {
    const client = server.client('ana');
    for (const description of ['A', 'B', 'C']) {
      server.advance(1000);
      await client.organization('acme').apiKeys.create({ description });
    }
    const list = await fixture(html`<api-key-list .client=${client} page-size="2"></api-key-list>`);
    const rows = () => deepAll(list, 'tbody th').map(({ textContent }) => textContent?.trim());
    await waitUntil(() => rows().join() === 'C,B');
    const { fault, waiting, release } = answersHeld((url) => url.searchParams.has('cursor'));
    server.fault(fault);
    deepAll(list, '[part="pages"] button').at(-1)?.click();
    await waitUntil(() => waiting.length === 1);
    Object.assign(list, { pageSize: 3 });
    await waitUntil(() => waiting.length === 2);
    deepAll(list, '[part="sort"]')[0]?.click();
    await waitUntil(() => rows()[0] === 'OfAcme');
    release();
    await settled();
    expect(rows()).to.deep.equal(['OfAcme', 'A', 'B']);
  });
});
