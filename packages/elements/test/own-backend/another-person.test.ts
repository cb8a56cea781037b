import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import { fill, withAvatars } from '../faults/elements.js';
import { browserAt, type TestBrowser } from '../one-truth/browser.js';
import { appears, deep, deepAll, textOf, type, waitUntil } from '../page.js';
import { type Fault, startServer, type TestServer } from '../server.js';

/** A backend that answers whoever is signed in, whatever a request says of whom it is for. */
const careless: Fault = (request, next) => {
  const headers = new Headers(request.headers);
  headers.delete('x-user-id');
  return next(new Request(request, { headers }));
};

describe('a backend that sends X-User-Id and does not compare it', () => {
  let server: TestServer;
  let browser: TestBrowser;
  beforeEach(async () => {
    server = await startServer(withAvatars);
    server.fault(careless);
    browser = browserAt(server);
  });
  afterEach(async () => {
    browser.close();
    server.fault();
    await server.close();
  });

  it('<profile-form>: a write in another person’s session is not reported as saved, and the typed text is cleared', async () => {
    const client = browser.client();
    browser.signIn('ana');
    const told: string[] = [];
    const form = await fixture<HTMLElement>(
      html`<profile-form .client=${client} @profile-saved=${() => told.push('saved')}></profile-form>`,
    );
    type(await appears(form, '#firstName'), 'Anabel');
    browser.signIn('dora');
    deep(form, '[part="save"]').click();
    await waitUntil(() => deepAll<HTMLInputElement>(form, '#email').some(({ value }) => value.startsWith('dora')));
    expect(told).to.deep.equal([]);
    expect(textOf(form)).not.to.include('Saved');
    expect(deepAll(form, '[part="problem"]')).to.deep.equal([]);
  });

  it('<api-key-create>: a key created in another person’s session is not shown', async () => {
    const client = browser.client();
    browser.signIn('ana');
    const told: string[] = [];
    const element = await fixture<HTMLElement>(
      html`<api-key-create .client=${client} @api-key-created=${() => told.push('created')}></api-key-create>`,
    );
    (await appears(element, '[part="button"]')).click();
    type(await appears(element, '[name="description"]'), 'Mine');
    browser.signIn('bruno');
    deep(element, '[part="submit"]').click();
    await waitUntil(() => deepAll(element, 'dialog[open]').length === 0);
    expect(told).to.deep.equal([]);
    expect(deepAll(element, 'secret-reveal')).to.deep.equal([]);
  });

  it('<api-key-list>: a search answered for another person is not shown', async () => {
    const client = browser.client();
    browser.signIn('ana');
    await fill(server);
    const list = await fixture<HTMLElement>(html`<api-key-list .client=${client}></api-key-list>`);
    const search = await appears<HTMLInputElement>(list, '[part="search"]');
    browser.signIn('eve');
    type(search, 'n');
    // A viewer sees no keys.
    await waitUntil(() => deepAll(list, '[part="search"]').length === 0);
    await waitUntil(() => client.userId === 'eve', 'the page is not hers');
  });
});
