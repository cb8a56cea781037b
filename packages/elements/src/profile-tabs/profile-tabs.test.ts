import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { offline, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileSectionChangeEvent, ProfileTabsElement } from './profile-tabs.js';

describe('<profile-tabs>', () => {
  let server: TestServer;
  beforeEach(async () => {
    history.replaceState(null, '', location.pathname + location.search);
    server = await startServer();
  });
  afterEach(() => server.close());

  const show = async (person = 'ana', organizationId = 'acme') => {
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs .client=${server.client(person)} organization-id=${organizationId}></profile-tabs>`,
    );
    await appears(element, '[role="tab"]');
    return element;
  };
  const selected = (element: Element) => deep(element, '[role="tab"][aria-selected="true"]').textContent?.trim();

  it('has the tabs and links that the policy names, in its order', async () => {
    const element = await show();
    expect(deepAll(element, '[role="tab"]').map(({ textContent }) => textContent?.trim())).to.deep.equal([
      'Profile',
      'Providers',
      'API keys',
    ]);
    const links = deepAll<HTMLAnchorElement>(element, 'a[part="link"]');
    expect(links.map(({ firstChild }) => firstChild?.textContent?.trim() ?? '')).to.have.lengthOf(2);
    for (const { rel, target } of links) expect([rel, target]).to.deep.equal(['noopener', '_blank']);
    expect(selected(element)).to.equal('Profile');
    await appears(element, '#firstName');
    await expect(element).to.be.accessible();
  });

  it('shows another section and tells the host before and after', async () => {
    const element = await show();
    const before = oneEvent<ProfileSectionChangeEvent>(element, 'profile-section-change');
    const after = oneEvent<ProfileSectionChangeEvent>(element, 'profile-section-changed');
    button(element, 'API keys').click();
    expect((await before).section).to.equal('api-keys');
    expect((await after).section).to.equal('api-keys');
    await appears(element, 'api-key-list');
    expect(element.section).to.equal('api-keys');
  });

  it('stays where the host prevents the change', async () => {
    const element = await show();
    element.addEventListener('profile-section-change', (event) => event.preventDefault());
    button(element, 'API keys').click();
    await element.updateComplete;
    expect(selected(element)).to.equal('Profile');
  });

  it('goes by arrow keys, Home and End, and has one tab stop', async () => {
    const element = await show();
    button(element, 'Profile').focus();
    await sendKeys({ press: 'ArrowRight' });
    await element.updateComplete;
    expect(selected(element)).to.equal('Providers');
    await sendKeys({ press: 'End' });
    await element.updateComplete;
    expect(selected(element)).to.equal('API keys');
    await sendKeys({ press: 'ArrowRight' });
    await element.updateComplete;
    expect(selected(element)).to.equal('Profile');
    expect(deepAll(element, '[role="tab"][tabindex="0"]')).to.have.lengthOf(1);
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Profile');
  });

  it('shows the selected tab again after the links have scrolled it out of sight', async () => {
    const element = await show();
    element.style.inlineSize = '280px';
    await appears(element, '#firstName');
    const bar = deep(element, '[part="bar"]');
    const isInSight = () => button(element, 'Profile').getBoundingClientRect().left >= bar.getBoundingClientRect().left;
    deepAll(element, 'a[part="link"]').at(-1)?.focus();
    expect(isInSight()).to.equal(false);
    await sendKeys({ press: 'Tab' });
    expect(isInSight()).to.equal(true);
  });

  it('goes the other way from right to left', async () => {
    const element = await show();
    element.dir = 'rtl';
    button(element, 'Profile').focus();
    await sendKeys({ press: 'ArrowLeft' });
    await element.updateComplete;
    expect(selected(element)).to.equal('Providers');
  });

  it('keeps what was typed while another section is shown', async () => {
    const element = await show();
    type(await appears<HTMLInputElement>(element, '#firstName'), 'Anabel');
    button(element, 'Providers').click();
    await element.updateComplete;
    button(element, 'Profile').click();
    await element.updateComplete;
    expect(deep<HTMLInputElement>(element, '#firstName').value).to.equal('Anabel');
  });

  describe('with deep-link="push"', () => {
    let before: string;
    beforeEach(() => {
      before = location.href;
      history.pushState({ router: 1 }, '', location.pathname + location.search);
    });
    afterEach(() => history.replaceState(null, '', before));
    const show = async () => {
      const element = await fixture<ProfileTabsElement>(
        html`<profile-tabs .client=${server.client('ana')} deep-link="push" lang="en"></profile-tabs>`,
      );
      await appears(element, '#firstName');
      return element;
    };
    const changes = (element: Element) => oneEvent(element, 'profile-section-changed');

    it('Back and Forward go through the sections shown, also to the address that names none', async () => {
      const element = await show();
      expect(element.deepLink).to.equal('push');
      type(deep<HTMLInputElement>(element, '#firstName'), 'Typed');
      button(element, 'API keys').click();
      button(element, 'Providers').click();
      expect(location.hash).to.equal('#providers');
      expect(history.state).to.include({ router: 1 });
      for (const [go, section, hash] of [
        [-1, 'api-keys', '#api-keys'],
        [-1, 'profile', ''],
        [1, 'api-keys', '#api-keys'],
        [1, 'providers', '#providers'],
        [-2, 'profile', ''],
      ] as const) {
        const changed = changes(element);
        history.go(go);
        await changed;
        expect([element.section, location.hash]).to.deep.equal([section, hash]);
      }
      await element.updateComplete;
      expect(deep<HTMLInputElement>(element, '#firstName').value).to.equal('Typed');
    });

    it('Back stays where the host forbids to go, and leads on once it does not', async () => {
      const element = await show();
      button(element, 'API keys').click();
      button(element, 'Providers').click();
      let isDirty = true;
      const asked: string[] = [];
      element.addEventListener('profile-section-change', (event) => {
        asked.push(event.section);
        if (isDirty) event.preventDefault();
      });
      history.back();
      await waitUntil(() => asked.length === 1, 'nobody was asked');
      await waitUntil(() => location.hash === '#providers', 'the address is not that of the section shown');
      expect(element.section).to.equal('providers');
      isDirty = false;
      const changed = changes(element);
      history.back();
      await changed;
      expect([element.section, location.hash]).to.deep.equal(['api-keys', '#api-keys']);
    });

    it('the focus stays among the tabs, on the one that is shown now', async () => {
      const element = await show();
      button(element, 'API keys').click();
      const changed = changes(element);
      history.back();
      await changed;
      await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Profile'), 'the focus is elsewhere');
    });
  });

  it('reads the section from the address, and writes it there only with deep-link', async () => {
    history.replaceState(null, '', '#api-keys');
    const element = await show();
    expect(selected(element)).to.equal('API keys');
    button(element, 'Profile').click();
    expect(location.hash).to.equal('#api-keys');
    element.deepLink = true;
    button(element, 'Providers').click();
    expect(location.hash).to.equal('#providers');
    location.hash = '#profile';
    await oneEvent(element, 'profile-section-changed');
    expect(element.section).to.equal('profile');
  });

  it('explains a section that the role does not include', async () => {
    const element = await show('eve');
    button(element, 'API keys').click();
    await says(element, 'in Acme doesn’t include access to');
    expect(deepAll(element, 'api-key-list')).to.have.lengthOf(0);
    await expect(element).to.be.accessible();
  });

  it('explains that there is no organization', async () => {
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs .client=${server.client('zoe')} section="api-keys"></profile-tabs>`,
    );
    await says(element, 'You are not in an organization yet.');
  });

  it('offers to try again where nothing could be shown', async () => {
    server.fault(offline);
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`,
    );
    await says(element, 'The server could not be reached.');
    await expect(element).to.be.accessible();
    server.fault();
    button(element, 'Try again').click();
    await appears(element, '[role="tab"]');
  });

  it('says that the session has ended, and goes on after signing in again', async () => {
    const client = server.client('ana');
    server.lapse('ana');
    const element = document.createElement('profile-tabs');
    const expired = oneEvent(element, 'cockpit-session-expired');
    element.client = client;
    document.body.append(element);
    await expired;
    await says(element, 'Your session has expired.');
    server.renew('ana');
    button(element, 'Try again').click();
    await appears(element, '#firstName');
    element.remove();
  });

  it('shows no link that could run', async () => {
    server.fault(async (request, next) => {
      const answer = await next(request);
      if (!request.url.includes('/policy')) return answer;
      const policy = (await answer.json()) as { sections: { id: string; href?: string }[] };
      policy.sections = [
        { id: 'profile' },
        { id: 'terms', href: 'javascript:alert(1)' },
        { id: 'documentation', href: 'https://docs.example/' },
      ];
      return Response.json(policy);
    });
    const element = await show();
    expect(deepAll<HTMLAnchorElement>(element, 'a').map(({ href }) => href)).to.deep.equal(['https://docs.example/']);
    expect(textOf(element)).not.to.include('Terms');
  });
});
