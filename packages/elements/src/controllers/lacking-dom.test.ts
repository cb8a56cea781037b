import { aiCockpitOne, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { chooseFile, pictureFile } from '../../test/pictures.js';
import { appears, deep, deepAll, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import '../index.js';

/** Members that the elements use and jsdom or happy-dom lack, by the object that has them in browsers. */
const lacking = (
  [
    [HTMLDialogElement.prototype, ['show', 'showModal', 'close']],
    [HTMLElement.prototype, ['showPopover', 'hidePopover', 'togglePopover', 'popover']],
    [Element.prototype, ['checkVisibility', 'scrollIntoView', 'scrollBy']],
    [Document.prototype, ['execCommand']],
    [Navigator.prototype, ['clipboard']],
    [URL, ['createObjectURL', 'revokeObjectURL']],
    [window, ['createImageBitmap', 'BroadcastChannel']],
  ] as const
).flatMap(([holder, names]) =>
  names.flatMap((name) => {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    return descriptor ? [{ holder, name, descriptor }] : [];
  }),
);

const { profile } = aiCockpitOne;
const { avatar } = environmentOperationsCenter.profile.fields;
const withAvatar = { ...aiCockpitOne, profile: { ...profile, fields: { ...profile.fields, avatar } } };

const press = (target: EventTarget, key: string): boolean =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));

describe('a DOM of unit tests', () => {
  let server: TestServer;
  const { warn } = console;
  const warnings: string[] = [];
  const failures: unknown[] = [];
  const handleFailure = (event: ErrorEvent | PromiseRejectionEvent): void => {
    failures.push('reason' in event ? event.reason : event.error);
    event.preventDefault();
  };

  beforeEach(async () => {
    server = await startServer(withAvatar);
    // Drawn anew by the server, which is in this page.
    const person = server.client('ana').profile;
    await person.setAvatar(await pictureFile(), { version: (await person.get()).version });
    Object.assign(console, { warn: (text: string) => warnings.push(text) });
    window.addEventListener('error', handleFailure);
    window.addEventListener('unhandledrejection', handleFailure);
  });
  afterEach(async () => {
    window.removeEventListener('error', handleFailure);
    window.removeEventListener('unhandledrejection', handleFailure);
    Object.assign(console, { warn });
    await server.close();
    expect(failures.splice(0)).to.deep.equal([]);
  });

  const withClient = (tag: 'api-key-create' | 'api-key-list' | 'organization-select' | 'profile-avatar') => {
    const element = document.createElement(tag);
    element.client = server.client('ana');
    element.locale = 'en';
    if ('organizationId' in element) element.organizationId = 'acme';
    return fixture(html`${element}`);
  };

  describe('without modal dialogs, popovers, layout, clipboard and pictures, as in jsdom', () => {
    beforeEach(() => {
      for (const { holder, name } of lacking) Reflect.deleteProperty(holder, name);
    });
    afterEach(() => {
      for (const { holder, name, descriptor } of lacking) Object.defineProperty(holder, name, descriptor);
    });

    it('<api-key-create>: its dialog opens each time, makes a key, says that nothing was copied, and closes; one warning', async () => {
      const element = await withClient('api-key-create');
      for (const description of ['First', 'Second']) {
        (await appears(element, '[part="button"]')).click();
        await appears(element, 'dialog[open] form');
        deep<HTMLInputElement>(element, '[name="description"]').value = description;
        deep(element, '[part="submit"]').click();
        (await appears(element, '[part="copy"]')).click();
        await appears(element, '.outcome.error');
        deep(element, '[part="close"]').click();
        (await appears(element, '[part="discard"]')).click();
        await waitUntil(() => deepAll(element, 'dialog').length === 0, 'it did not close');
      }
      const { data } = await server.client('ana').organization('acme').apiKeys.list();
      expect(data.map(({ description }) => description)).to.include.members(['First', 'Second']);
      expect(warnings.filter((text) => text.includes('showModal'))).to.have.length(1);
    });

    it('<api-key-list>: the menu of a row is drawn, its keys and entries work', async () => {
      await server.client('ana').organization('acme').apiKeys.create({ description: 'Old' });
      const element = await withClient('api-key-list');
      (await appears(element, '[part="menu-button"]')).click();
      const entry = await appears(element, '[role="menuitem"]');
      for (const key of ['ArrowDown', 'Home', 'Tab']) press(entry, key);
      entry.click();
      await appears(element, 'dialog[open]');
    });

    it('<organization-select>: opens, leads to an option by the keyboard, and takes it', async () => {
      const element = await withClient('organization-select');
      const input = await appears<HTMLInputElement>(element, '[role="combobox"]');
      input.click();
      press(input, 'ArrowDown');
      await waitUntil(() => input.hasAttribute('aria-activedescendant'), 'no option is active');
      press(input, 'Enter');
      await waitUntil(() => input.getAttribute('aria-expanded') === 'false', 'it did not close');
    });

    it('<profile-avatar>: initials stand for a picture, and one that is chosen is refused with the reason', async () => {
      const element = await withClient('profile-avatar');
      await appears(element, '[part="edit"]');
      expect(deepAll(element, '[part="avatar"] img')).to.deep.equal([]);
      chooseFile(element, await pictureFile());
      await appears(element, '[role="alert"]');
    });

    it('<profile-tabs>: each tab opens, and the focus may leave the bar', async () => {
      const element = document.createElement('profile-tabs');
      element.client = server.client('ana');
      const page = await fixture(html`<div>${element}<button>Elsewhere</button></div>`);
      for (const id of ['providers', 'api-keys', 'profile']) {
        const tab = await appears(element, `#title-${id}`);
        tab.focus();
        tab.click();
        await waitUntil(() => tab.getAttribute('aria-selected') === 'true', `${id} did not open`);
      }
      page.querySelector('button')?.focus();
    });
  });

  describe('whose shadow roots throw while the focus is in another, as in happy-dom', () => {
    const activeElement = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, 'activeElement');
    if (!activeElement) throw new Error('This browser has no ShadowRoot.activeElement.');
    beforeEach(() => {
      Object.defineProperty(ShadowRoot.prototype, 'activeElement', {
        ...activeElement,
        get(this: ShadowRoot) {
          const focused = activeElement.get?.call(this) as Element | null;
          if (!focused && document.activeElement !== document.body) throw new TypeError('There is no root.');
          return focused;
        },
      });
    });
    afterEach(() => {
      Object.defineProperty(ShadowRoot.prototype, 'activeElement', activeElement);
    });

    it('elements are drawn, and their dialogs and forms open', async () => {
      const outside = await fixture<HTMLInputElement>(html`<input aria-label="Outside" />`);
      const client = server.client('ana');
      const page = await fixture(
        html`<cockpit-client .client=${client} organization-id="acme">
          <profile-form></profile-form><provider-token-list></provider-token-list><api-key-create></api-key-create>
        </cockpit-client>`,
      );
      for (const [tag, selector, opens] of [
        ['provider-token-list', '[part="add"]', 'form'],
        ['api-key-create', '[part="button"]', 'dialog[open]'],
      ] as const) {
        const element = page.querySelector(tag)!;
        const button = await appears(element, selector);
        outside.focus();
        button.click();
        await appears(element, opens);
      }
    });
  });
});
