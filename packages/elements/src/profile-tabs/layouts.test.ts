import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole, duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, atRest, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { offline, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileSectionChangeEvent, ProfileTabsElement } from './profile-tabs.js';

const inLayout = (layout: HostPolicy['layout']): HostPolicy => ({ ...aiCockpitOne, layout });

describe('<profile-tabs> in other layouts', () => {
  let server: TestServer;
  beforeEach(() => {
    history.replaceState(null, '', location.pathname + location.search);
  });
  afterEach(async () => {
    server.fault();
    await server.close();
  });

  const show = async (
    policy: HostPolicy,
    { person = 'ana', deepLink = false, section = undefined as string | undefined } = {},
  ) => {
    server = await startServer(policy);
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs .client=${server.client(person)} .section=${section} ?deep-link=${deepLink}></profile-tabs>`,
    );
    await appears(element, '[part="title"], [part="tab"]');
    return element;
  };
  const titles = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('[part="title"]') ?? [])].map(({ textContent }) => textContent.trim());
  const expanded = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll('[aria-expanded="true"]') ?? [])].map((toggle) =>
      toggle.textContent?.trim(),
    );
  const focused = (element: Element) => element.shadowRoot?.activeElement?.textContent?.trim();

  for (const layout of ['sections', 'page'] as const) {
    it(`draws no title twice where each section has one: ${layout}`, async () => {
      const sections = ['profile', 'providers', 'api-keys', 'activity', 'notifications'] as const;
      const element = await show({
        ...inLayout(layout),
        sections: sections.map((id) => ({ id })),
        notifications: aipConsole.notifications,
        apiKeys: { ...(aiCockpitOne.apiKeys as NonNullable<HostPolicy['apiKeys']>), owner: 'user' },
      });
      await server.client('ana').profile.update({ firstName: 'Anna' }, { version: 1 });
      (await server.client('ana').apiKeys.create({ description: 'Nightly sync' })).secret?.dispose();
      for (const tag of ['api-key-list', 'activity-log']) await appears(deep(element, tag), 'tbody tr');
      const shownTitles = deepAll(element, 'h2, h3, legend')
        .filter((title) => title.checkVisibility())
        .map(({ textContent }) => textContent.trim());
      expect(shownTitles).to.include('Activity');
      expect(shownTitles).to.deep.equal([...new Set(shownTitles)]);
    });
  }

  describe('with sections to open and close', () => {
    it('has a title for each, in the order of the policy, all of them open', async () => {
      const element = await show(inLayout('sections'));
      expect(titles(element)).to.deep.equal(['Profile', 'Providers', 'API keys']);
      expect(expanded(element)).to.deep.equal(['Profile', 'Providers', 'API keys']);
      await appears(element, '#firstName');
      await says(element, 'Acme has no API keys yet.');
      await atRest(element);
      await expect(element).to.be.accessible();
      expect(deepAll(element, '[role="tab"]')).to.have.lengthOf(0);
    });

    it('follows another order', async () => {
      const { sections } = aiCockpitOne;
      const element = await show({ ...inLayout('sections'), sections: [...sections].reverse() });
      expect(titles(element)).to.deep.equal(['API keys', 'Providers', 'Profile']);
      expect(element.section).to.equal('api-keys');
    });

    it('opens and closes each by itself, and tells the host of those opened, before and after', async () => {
      const element = await show(inLayout('sections'));
      button(element, 'API keys').click();
      await element.updateComplete;
      expect(expanded(element)).to.deep.equal(['Profile', 'Providers']);
      const before = oneEvent<ProfileSectionChangeEvent>(element, 'profile-section-change');
      const after = oneEvent<ProfileSectionChangeEvent>(element, 'profile-section-changed');
      button(element, 'API keys').click();
      expect([(await before).section, (await after).section]).to.deep.equal(['api-keys', 'api-keys']);
      await element.updateComplete;
      expect(expanded(element)).to.deep.equal(['Profile', 'Providers', 'API keys']);
      expect(element.section).to.equal('api-keys');
      button(element, 'Profile').click();
      await element.updateComplete;
      expect(expanded(element)).to.deep.equal(['Providers', 'API keys']);
    });

    it('stays closed where the host prevents it', async () => {
      const element = await show(inLayout('sections'));
      element.addEventListener('profile-section-change', (event) => event.preventDefault());
      for (const press of ['to close', 'to open']) {
        button(element, 'API keys').click();
        await element.updateComplete;
        expect(expanded(element), press).to.deep.equal(['Profile', 'Providers']);
      }
    });

    it('keeps what was typed in one that is closed', async () => {
      const element = await show(inLayout('sections'));
      type(await appears<HTMLInputElement>(element, '#firstName'), 'Anabel');
      button(element, 'Profile').click();
      await element.updateComplete;
      expect(deep(element, '#firstName').checkVisibility()).to.equal(false);
      button(element, 'Profile').click();
      await element.updateComplete;
      expect(deep<HTMLInputElement>(element, '#firstName').value).to.equal('Anabel');
    });

    it('reads once what each section shows', async () => {
      server = await startServer(inLayout('sections'));
      const asked: string[] = [];
      server.fault((request, next) => {
        asked.push(new URL(request.url).pathname);
        return next(request);
      });
      const element = await fixture<ProfileTabsElement>(
        html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`,
      );
      await appears(element, '#firstName');
      await says(element, 'Acme has no API keys yet.');
      for (const resource of ['profile', 'api-keys'])
        expect(asked.filter((path) => path.endsWith(`/${resource}`))).to.have.lengthOf(1);
    });

    it('is used by keyboard', async () => {
      const element = await show(inLayout('sections'));
      button(element, 'Providers').focus();
      await sendKeys({ press: 'Enter' });
      await element.updateComplete;
      expect(expanded(element)).to.deep.equal(['Profile', 'API keys']);
      await sendKeys({ press: ' ' });
      await element.updateComplete;
      expect(expanded(element)).to.deep.equal(['Profile', 'Providers', 'API keys']);
      expect(focused(element)).to.equal('Providers');
    });

    it('leads to the one that the address names, with the focus on its title', async () => {
      history.replaceState(null, '', '#api-keys');
      const element = await show(inLayout('sections'));
      expect(element.section).to.equal('api-keys');
      await waitUntil(() => focused(element) === 'API keys', 'its title has not the focus');
    });

    it('goes where the address leads later, and writes there what is opened, only with deep-link', async () => {
      const element = await show(inLayout('sections'), { deepLink: true });
      const press = async (section: string) => {
        button(element, section).click();
        await element.updateComplete;
      };
      await press('API keys');
      await press('Providers');
      await press('Providers');
      expect(location.hash).to.equal('#providers');
      expect(expanded(element)).to.deep.equal(['Profile', 'Providers']);
      location.hash = '#api-keys';
      await waitUntil(() => focused(element) === 'API keys', 'its title has not the focus');
      expect(expanded(element)).to.deep.equal(['Profile', 'Providers', 'API keys']);
      element.deepLink = false;
      button(element, 'Profile').click();
      await element.updateComplete;
      button(element, 'Profile').click();
      expect(location.hash).to.equal('#api-keys');
    });

    it('takes no focus where the host names the section', async () => {
      const element = await show(inLayout('sections'), { section: 'api-keys' });
      await nextFrame();
      expect(element.section).to.equal('api-keys');
      expect(document.activeElement === document.body).to.equal(true);
    });

    it('explains a section that the role does not include', async () => {
      const element = await show(inLayout('sections'), { person: 'eve' });
      await says(element, 'in Acme doesn’t include access to');
      expect(deepAll(element, 'api-key-list')).to.have.lengthOf(0);
      await expect(element).to.be.accessible();
    });

    it('has who somebody is above them all, where there is nothing to change about that', async () => {
      const element = await show(aipConsole);
      expect(titles(element)).to.deep.equal(['API key', 'Notifications']);
      expect(expanded(element)).to.deep.equal(['API key', 'Notifications']);
      await appears(element, 'notification-settings');
      await says(element, 'Ana Souza');
      expect(deep(element, 'profile-form').checkVisibility()).to.equal(true);
      await appears(element, 'api-key-single');
      await atRest(element);
      await expect(element).to.be.accessible();
    });

    it('leads to the switch for mail by the address', async () => {
      history.replaceState(null, '', '#notifications');
      const element = await show(aipConsole);
      expect(element.section).to.equal('notifications');
      const settings = await appears(element, 'notification-settings');
      await waitUntil(
        () => settings.shadowRoot?.activeElement?.matches('[type="checkbox"], [role="switch"]'),
        'the switch has not the focus',
      );
    });

    it('leads to the switch for mail also where one has to sign in first', async () => {
      history.replaceState(null, '', '#notifications');
      server = await startServer(aipConsole);
      const client = server.client('ana');
      server.lapse('ana');
      const element = await fixture<ProfileTabsElement>(
        html`<profile-tabs .client=${client} deep-link></profile-tabs>`,
      );
      await says(element, 'Your session has expired.');
      expect(location.hash).to.equal('#notifications');
      server.renew('ana');
      button(element, 'Try again').click();
      const settings = await appears(element, 'notification-settings');
      await waitUntil(
        () => settings.shadowRoot?.activeElement?.matches('[role="switch"]'),
        'the switch has not the focus',
      );
      expect(element.section).to.equal('notifications');
    });

    it('leads to the switch for mail again and again, as often as a link in a mail is followed', async () => {
      const element = await show(aipConsole, { deepLink: true });
      for (const elsewhere of ['API key', 'Notifications']) {
        button(element, elsewhere).focus();
        history.replaceState(null, '', '#api-keys');
        location.hash = '#notifications';
        const settings = await appears(element, 'notification-settings');
        await waitUntil(
          () => settings.shadowRoot?.activeElement?.matches('[role="switch"]'),
          'the switch has not the focus',
        );
      }
    });
  });

  describe('on one page', () => {
    it('has all sections below one another, each with a title', async () => {
      const element = await show(inLayout('page'));
      expect(titles(element)).to.deep.equal(['Profile', 'Providers', 'API keys']);
      await appears(element, '#firstName');
      await says(element, 'Acme has no API keys yet.');
      await atRest(element);
      await expect(element).to.be.accessible();
      expect(deepAll(element, '[role="tab"], [aria-expanded]:not([aria-haspopup])')).to.have.lengthOf(0);
    });

    it('shows who somebody is above what they have', async () => {
      const element = await show(duplocloud);
      expect(titles(element)).to.deep.equal(['User info', 'API tokens']);
      await says(element, 'ana@acme.example');
      await says(element, 'API token');
      expect(textOf(element)).not.to.include('API key');
      expect(deepAll(element, '[part="save"]')).to.have.lengthOf(0);
    });

    const headings = (element: Element) =>
      deepAll(element, 'h2')
        .filter((heading) => heading.checkVisibility())
        .map(({ textContent }) => textContent.trim());

    it('says once that keys are one’s own', async () => {
      const element = await show(duplocloud);
      const made = await element.client?.apiKeys.create({ name: 'Nightly' });
      made?.secret?.dispose();
      await appears(element, 'tbody tr');
      expect(headings(element)).to.deep.equal(['User info', 'API tokens']);
    });

    it('names the organization whose keys they are', async () => {
      const element = await show(inLayout('page'));
      const made = await element.client?.organization('acme').apiKeys.create({ description: 'Nightly' });
      made?.secret?.dispose();
      await waitUntil(() => headings(element).includes('API keys of Acme'));
    });

    it('leads to the section that the address names', async () => {
      history.replaceState(null, '', '#api-keys');
      const element = await show(inLayout('page'));
      await waitUntil(() => focused(element) === 'API keys', 'its title has not the focus');
      expect(element.section).to.equal('api-keys');
    });

    it('leads to another section when the address or the host names it', async () => {
      const element = await show(inLayout('page'), { deepLink: true });
      const changed = oneEvent<ProfileSectionChangeEvent>(element, 'profile-section-changed');
      location.hash = '#providers';
      expect((await changed).section).to.equal('providers');
      await waitUntil(() => focused(element) === 'Providers', 'its title has not the focus');
      element.section = 'api-keys';
      await waitUntil(() => focused(element) === 'API keys', 'its title has not the focus');
    });

    it('explains a section that the role does not include', async () => {
      const element = await show(inLayout('page'), { person: 'eve' });
      await says(element, 'in Acme doesn’t include access to');
      expect(deepAll(element, 'api-key-list')).to.have.lengthOf(0);
      await expect(element).to.be.accessible();
    });
  });

  for (const layout of ['tabs', 'sections', 'page'] as const) {
    describe(`as ${layout}`, () => {
      it('58 links only to pages of the host and over TLS, which learn nothing of this window', async () => {
        const element = await show({
          ...inLayout(layout),
          sections: [
            { id: 'profile' },
            { id: 'terms', href: 'https://legal.example/terms' },
            { id: 'documentation', href: 'documentation/' },
          ],
        });
        const links = () => deepAll<HTMLAnchorElement>(element, 'a');
        expect(links().map(({ href }) => href)).to.deep.equal([
          'https://legal.example/terms',
          new URL('documentation/', document.baseURI).href,
        ]);
        for (const { target, relList } of links()) {
          expect(target).to.equal('_blank');
          expect(relList.contains('noopener')).to.equal(true);
        }
        expect(textOf(element)).to.include('opens in a new tab');
        await expect(element).to.be.accessible();
      });

      for (const href of [
        'javascript:alert(1)',
        ' JaVaScRiPt:alert(1)',
        'java\nscript:alert(1)',
        'data:text/html,<script>alert(1)</script>',
        'blob:https://evil.example/1',
        'http://evil.example/',
        '//evil.example:80/',
        'https://',
        '',
      ]) {
        // Of the host's own scheme, which is not TLS here.
        it(`58 has no link to ${JSON.stringify(href)}`, async () => {
          server = await startServer(inLayout(layout));
          server.fault(async (request, next) => {
            const answer = await next(request);
            if (!request.url.includes('/policy')) return answer;
            return Response.json({ ...(await answer.json()), sections: [{ id: 'profile' }, { id: 'terms', href }] });
          });
          const element = await fixture<ProfileTabsElement>(
            html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`,
          );
          await appears(element, '#firstName');
          expect(deepAll(element, 'a')).to.have.lengthOf(0);
          expect(textOf(element)).not.to.include('Terms');
        });
      }

      it('needs no scrolling sideways in 320 pixels, in either direction', async () => {
        const element = await show(inLayout(layout));
        element.style.inlineSize = '320px';
        for (const direction of ['ltr', 'rtl']) {
          element.dir = direction;
          await appears(element, '#firstName');
          await nextFrame();
          expect(element.scrollWidth, direction).to.be.at.most(320);
        }
      });

      it('offers to try again where nothing could be shown', async () => {
        server = await startServer(inLayout(layout));
        server.fault(offline);
        const element = await fixture<ProfileTabsElement>(
          html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`,
        );
        await says(element, 'The server could not be reached.');
        server.fault();
        button(element, 'Try again').click();
        await appears(element, '#firstName');
      });
    });
  }

  it('begins with the selected tab in sight in a narrow bar, and with a part of its neighbours', async () => {
    const { sections } = aiCockpitOne;
    const policy: HostPolicy = { ...aiCockpitOne, sections: [...sections, { id: 'activity' }] };
    server = await startServer(policy);
    for (const direction of ['ltr', 'rtl'] as const) {
      const element = await fixture<ProfileTabsElement>(html`
        <profile-tabs
          .client=${server.client('ana')}
          .section=${'api-keys'}
          dir=${direction}
          style="inline-size: 240px"
        ></profile-tabs>
      `);
      const tab = await appears(element, '[aria-selected="true"]');
      const edges = deep(element, '[part="bar"]').getBoundingClientRect();
      const { left, right } = tab.getBoundingClientRect();
      expect(left - edges.left, direction).to.be.at.least(39);
      expect(edges.right - right, direction).to.be.at.least(39);
    }
  });
});
