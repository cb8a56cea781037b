import { sendKeys } from '@web/test-runner-commands';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, settled, waitUntil } from '../../test/page.js';
import { serverForEachTest, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileTabsElement } from './profile-tabs.js';

describe('<profile-tabs deep-link>, beside what the page does with its address', () => {
  let server: TestServer;
  serverForEachTest((started) => (server = started));
  let before: string;
  beforeEach(async () => {
    // Of a page that nobody has used, Chromium drops the entries first, once it has 50 of them.
    await sendKeys({ press: 'a' });
    before = location.href;
    history.pushState({ router: 1 }, '', '/people/ana?view=wide&q=a%23b');
  });
  afterEach(() => {
    Reflect.deleteProperty(history, 'pushState');
    history.replaceState(null, '', before);
  });

  const show = async (deepLink = 'push') => {
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs .client=${server.client('ana')} deep-link=${deepLink} lang="en"></profile-tabs>`,
    );
    await appears(element, '[role="tab"]');
    return element;
  };
  const changes = (element: Element) => oneEvent(element, 'profile-section-changed');
  /** Goes through the history, until the address is this one. */
  const travel = async (by: number, end: string) => {
    history.go(by);
    await waitUntil(() => location.href.endsWith(end), `the address is ${location.href}`);
    await settled();
  };

  /** Goes Back while the host forbids any change of section, until the address is again that of API keys. */
  const goBackForbidden = async (...elements: ProfileTabsElement[]) => {
    let asked = 0;
    for (const element of elements)
      element.addEventListener('profile-section-change', (event) => {
        asked += 1;
        event.preventDefault();
      });
    history.back();
    await waitUntil(() => asked > 0, 'no change was announced');
    await settled();
    await waitUntil(() => location.hash === '#api-keys', `the address is ${location.href}`);
  };

  for (const deepLink of ['', 'push']) {
    it(`deep-link="${deepLink}": changes the fragment alone, also below a <base href>`, async () => {
      const base = document.head.appendChild(document.createElement('base'));
      base.href = '/elsewhere/';
      try {
        const element = await show(deepLink);
        button(element, 'API keys').click();
        expect(location.pathname + location.search + location.hash).to.equal('/people/ana?view=wide&q=a%23b#api-keys');
        expect(history.state).to.include({ router: 1 });
      } finally {
        base.remove();
      }
    });

    it(`deep-link="${deepLink}": a section that the host forbids leaves path and query alone below a <base href>`, async () => {
      const base = document.head.appendChild(document.createElement('base'));
      base.href = '/elsewhere/';
      try {
        const element = await show(deepLink);
        button(element, 'API keys').click();
        element.addEventListener('profile-section-change', (event) => event.preventDefault());
        location.replace(`${location.href.split('#')[0]}#providers`);
        await waitUntil(() => location.hash === '#api-keys', 'the address is not that of the section shown');
        expect(location.pathname + location.search).to.equal('/people/ana?view=wide&q=a%23b');
        expect(element.section).to.equal('api-keys');
      } finally {
        base.remove();
      }
    });
  }

  it('two of them: Back and Forward lead both, each change is told once, and nothing is written meanwhile', async () => {
    const [first, second] = [await show(), await show()];
    button(first, 'API keys').click();
    button(second, 'Providers').click();
    // An own property, over the method of the prototype. Firefox keeps 50 entries, so that the length tells nothing.
    let pushed = 0;
    history.pushState = (...entry) => {
      pushed += 1;
      History.prototype.pushState.apply(history, entry);
    };
    const told: string[] = [];
    for (const element of [first, second])
      element.addEventListener('profile-section-changed', ({ section }) => told.push(section));
    await travel(-1, '#api-keys');
    expect([first.section, second.section]).to.deep.equal(['api-keys', 'api-keys']);
    await travel(-1, 'q=a%23b');
    expect([first.section, second.section]).to.deep.equal(['profile', 'profile']);
    await travel(2, '#providers');
    expect([first.section, second.section]).to.deep.equal(['providers', 'providers']);
    expect(pushed).to.equal(0);
    expect(told).to.have.length.at.most(6);
  });

  it('two of them: where the host forbids Back, the address is that of the section shown, and Back leads no further', async () => {
    const [first, second] = [await show(), await show()];
    button(first, 'API keys').click();
    button(second, 'API keys').click();
    button(second, 'Providers').click();
    button(second, 'API keys').click();
    await goBackForbidden(first, second);
    expect([first.section, second.section]).to.deep.equal(['api-keys', 'api-keys']);
  });

  it('a router of the page that pushes entries of its own: Back goes through all of them, each with its own state', async () => {
    const element = await show();
    button(element, 'API keys').click();
    history.pushState({ router: 2 }, '', '/people/ana/edit?x#api-keys');
    history.pushState({ router: 3 }, '', '/people/ana/edit?x#not-a-section');
    await travel(-1, '/edit?x#api-keys');
    expect(history.state).to.deep.equal({ router: 2 });
    expect(element.section).to.equal('api-keys');
    button(element, 'Providers').click();
    expect(location.pathname + location.search + location.hash).to.equal('/people/ana/edit?x#providers');
    expect(history.state).to.include({ router: 2 });
    await travel(-1, '/edit?x#api-keys');
    expect(element.section).to.equal('api-keys');
    await travel(-1, 'q=a%23b#api-keys');
    expect(history.state).to.include({ router: 1 });
    const changed = changes(element);
    history.back();
    await changed;
    expect([element.section, location.hash]).to.deep.equal(['profile', '']);
  });

  it('an element that comes later, as after a reload, knows where in the history it is', async () => {
    const element = await show();
    button(element, 'API keys').click();
    button(element, 'Providers').click();
    element.remove();
    await travel(-1, '#api-keys');
    const later = await show();
    expect(later.section).to.equal('api-keys');
    await goBackForbidden(later);
    expect(later.section).to.equal('api-keys');
  });
});
