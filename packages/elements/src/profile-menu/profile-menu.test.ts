import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aipConsole, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import { appears, atRest, button, deep, deepAll, says, textOf, waitUntil } from '../../test/page.js';
import { pictureFile } from '../../test/pictures.js';
import { onlyAt } from '../../test/faults/faults.js';
import { held, offline, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileMenuElement } from './profile-menu.js';

describe('<profile-menu>', () => {
  let server: TestServer;
  const start = async (policy: HostPolicy = environmentOperationsCenter) => {
    server = await startServer(policy);
  };
  afterEach(() => server.close());

  const show = async (entries: TemplateResult | string = '', href: string | undefined = '#profile') => {
    const element = await fixture<ProfileMenuElement>(
      html`<profile-menu .client=${server.client('ana')} .href=${href}>${entries}</profile-menu>`,
    );
    await appears(element, '[part="button"]');
    return element;
  };
  const opener = (element: Element) => deep(element, '[part="button"]');
  /** Its contents and its accessible name. */
  const seenOn = (element: Element) =>
    deepAll(opener(element), '[part="avatar"], bdi').map(({ textContent }) => textContent.trim());
  const nameOf = (element: Element) => deep(opener(element), '.visually-hidden').textContent;
  const menu = (element: Element) => deep(element, '[popover]');
  const isOpen = (element: Element) => menu(element).matches(':popover-open');
  const opened = async (element: ProfileMenuElement) => {
    opener(element).focus();
    opener(element).click();
    await waitUntil(() => isOpen(element));
    await atRest(element);
    return element;
  };
  /** The focused node: in the menu, or among the host's own entries. */
  const focused = (element: Element) =>
    (document.activeElement === element
      ? element.shadowRoot?.activeElement
      : document.activeElement
    )?.textContent?.trim();
  const setAvatar = async () => {
    const { profile } = server.client('ana');
    return profile.setAvatar(await pictureFile(), { version: (await profile.get()).version });
  };

  it('says a name in Japanese characters family name first, also its initials, and one in Latin letters as it is', async () => {
    await start();
    const element = await show();
    expect(deep(await opened(element), '[part="person"]').textContent).to.include('Ana Souza');
    const { profile } = server.client('ana');
    await profile.update({ firstName: '太郎', lastName: '山田' }, { version: (await profile.get()).version });
    const named = await opened(await show());
    expect(deep(named, '[part="person"]').textContent).to.include('山田太郎');
    expect(deep(named, '[part="avatar"]').textContent).to.equal('山太');
  });

  it('is an outline while it reads, and no larger than what comes', async () => {
    await start();
    const { fault, release } = held();
    server.fault(fault);
    const element = await fixture<ProfileMenuElement>(
      html`<profile-menu .client=${server.client('ana')} href="#profile"></profile-menu>`,
    );
    await appears(element, '[aria-busy="true"]');
    await expect(element).to.be.accessible();
    const before = element.getBoundingClientRect();
    release();
    await appears(element, '[part="button"]');
    const after = element.getBoundingClientRect();
    expect([after.width, after.height]).to.deep.equal([before.width, before.height]);
  });

  it('is a button with initials, and behind it name, e-mail, role and the way to the profile', async () => {
    await start();
    const element = await show();
    expect(seenOn(element)).to.deep.equal(['AS']);
    expect(nameOf(element)).to.equal('Account of Ana Souza');
    await expect(element).to.be.accessible();
    await opened(element);
    expect(deep(element, '[part="name"]').textContent.trim()).to.equal('Ana Souza');
    expect(textOf(element)).to.include('ana@acme.example');
    expect(deep(element, '[part="role"]').textContent).to.equal('Administrator');
    // No dot before it, as before the state of something.
    expect(getComputedStyle(deep(element, '[part="role"]'), '::before').content).to.equal('none');
    expect(deep<HTMLAnchorElement>(element, 'a').getAttribute('href')).to.equal('#profile');
    await expect(element).to.be.accessible();
  });

  it('shows the role in the organization that is active', async () => {
    await start(duplocloud);
    const element = await opened(await show());
    expect(deep(element, '[part="role"]').textContent).to.equal('Administrator');
    element.organizationId = 'globex';
    await waitUntil(
      () => deepAll(element, '[part="role"]')[0]?.textContent === 'Member',
      'the role is still the other',
    );
    expect(textOf(await opened(element))).to.include('Member');
  });

  it('is headed by the login name where the policy shows one, and says no more than that policy does', async () => {
    await start(aipConsole);
    const element = await show();
    expect(seenOn(element)).to.deep.equal(['', 'ana']);
    expect(deepAll(opener(element), 'svg')).to.have.length(1);
    await opened(element);
    expect(deep(element, '[part="name"]').textContent.trim()).to.equal('ana');
    expect(textOf(menu(element))).to.include('Ana Souza');
    expect(textOf(menu(element))).not.to.match(/Administrator|@/);
    await expect(element).to.be.accessible();
  });

  it('follows the avatar and the name at once', async () => {
    await start();
    const element = await show();
    const { client } = element;
    await client?.profile.setAvatar(await pictureFile(), { version: 1 });
    const image = await appears<HTMLImageElement>(element, 'img');
    expect(image.src).to.match(/^blob:/);
    await client?.profile.update({ firstName: 'Zoe' }, { version: 2 });
    await waitUntil(() => nameOf(element) === 'Account of Zoe Souza');
    expect(image.isConnected).to.equal(true);
    await client?.profile.removeAvatar({ version: 3 });
    await waitUntil(() => seenOn(element)[0] === 'ZS');
  });

  it('follows what is saved in another tab', async () => {
    await start();
    const element = await show();
    const { profile } = server.client('ana');
    const { version } = await profile.get();
    await profile.setAvatar(await pictureFile(), { version });
    await appears(element, 'img');
    await profile.update({ firstName: 'Zoe' }, { version: version + 1 });
    await waitUntil(() => nameOf(element) === 'Account of Zoe Souza');
  });

  it('follows who is signed in', async () => {
    await start();
    const client = server.client('ana');
    await setAvatar();
    const element = await fixture<ProfileMenuElement>(html`<profile-menu .client=${client}></profile-menu>`);
    await appears(element, 'img');
    element.client = server.client('bruno');
    await waitUntil(() => deepAll(element, '[part="button"]')[0]?.textContent.includes('Account of Bruno'));
    expect(deepAll(element, 'img')).to.have.length(0);
  });

  it('shows initials where the picture cannot be had', async () => {
    await start();
    await setAvatar();
    server.fault(onlyAt('/profile/avatar', offline));
    const element = await show();
    await opened(element);
    expect(seenOn(element)).to.deep.equal(['AS']);
  });

  it('goes through its own and the host’s entries by the arrow keys, and back to its button', async () => {
    await start();
    const element = await show(
      html`<button id="own">Theme</button><a href="#all" hidden>All users</a>
        <a href="#out" role="menuitem">Sign out</a><a href="#more" hidden>More</a>`,
    );
    // Somewhere for Tab to go: out of the page, the browser would keep the focus.
    const next = await fixture(html`<button>Next</button>`);
    opener(element).focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => focused(element) === 'Account settings');
    expect(document.querySelector('#own')?.getAttribute('role')).to.equal('menuitem');
    await expect(element).to.be.accessible();
    for (const [press, at] of [
      ['ArrowDown', 'Theme'],
      ['ArrowDown', 'Sign out'],
      ['ArrowDown', 'Account settings'],
      ['ArrowUp', 'Sign out'],
      ['Home', 'Account settings'],
      ['End', 'Sign out'],
    ] as const) {
      await sendKeys({ press });
      expect(focused(element), press).to.equal(at);
    }
    await sendKeys({ press: 'Escape' });
    expect(isOpen(element)).to.equal(false);
    expect(element.shadowRoot?.activeElement === opener(element)).to.equal(true);
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => isOpen(element));
    await sendKeys({ press: 'Tab' });
    expect(isOpen(element)).to.equal(false);
    expect(document.activeElement).to.equal(next);
  });

  it('closes once an entry is chosen, and lets the host act on its own', async () => {
    await start();
    const element = await show(html`<button id="own">Theme</button>`);
    await opened(element);
    const own = document.querySelector<HTMLElement>('#own');
    if (!own) throw new Error('There is no entry.');
    const clicked = oneEvent(own, 'click');
    own.click();
    await clicked;
    expect(isOpen(element)).to.equal(false);
    expect(element.shadowRoot?.activeElement === opener(element)).to.equal(true);
  });

  it('says who is signed in even where it leads nowhere', async () => {
    await start();
    const element = await fixture<ProfileMenuElement>(
      html`<profile-menu .client=${server.client('ana')}></profile-menu>`,
    );
    await appears(element, '[part="button"]');
    await opened(element);
    expect(textOf(menu(element))).to.include('Ana Souza');
    expect(deepAll(element, '[role="menu"]')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('stays where it is when it cannot read, says why in its menu, and tries again there', async () => {
    await start();
    server.fault(offline);
    const element = await show();
    expect(nameOf(element)).to.equal('Account');
    expect(deepAll(opener(element), 'svg')).to.have.length(1);
    await opened(element);
    await says(element, 'The server could not be reached.');
    await expect(element).to.be.accessible();
    expect(focused(element)).to.equal('Try again');
    server.fault();
    button(element, 'Try again').click();
    await says(element, 'Ana Souza');
    await waitUntil(() => focused(element) === 'Account settings');
  });

  it('tells the host where the session has ended', async () => {
    await start();
    const client = server.client('ana');
    server.lapse('ana');
    const element = document.createElement('profile-menu');
    element.client = client;
    const expired = oneEvent(element, 'cockpit-session-expired');
    document.body.append(element);
    await expired;
    await opened(element);
    await says(element, 'Your session has expired.');
    element.remove();
  });

  it('shows names as the text that they are, however long', async () => {
    await start();
    const long = `<img src=x onerror=alert(1)>${'x'.repeat(70)}`;
    await server.client('ana').profile.update({ firstName: long }, { version: 1 });
    const element = await fixture<HTMLElement>(
      html`<div style="width: 320px"><profile-menu .client=${server.client('ana')} href="#"></profile-menu></div>`,
    );
    const own = element.querySelector('profile-menu');
    if (!own) throw new Error('There is no menu.');
    await appears(own, '[part="button"]');
    await opened(own);
    expect(textOf(own)).to.include(long);
    expect(deepAll(own, 'img')).to.have.length(0);
    const { left, right } = menu(own).getBoundingClientRect();
    expect(left).to.be.at.least(0);
    expect(right).to.be.at.most(window.innerWidth);
  });
});
