import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { Secret } from '@ai-cockpit/sdk';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import '../../src/index.js';
import { appears, button, deep, deepAll, textOf, type, waitUntil } from '../page.js';
import { startServer, type TestServer } from '../server.js';
import { fill } from './elements.js';

/** The keys that end a composition: as most browsers send them, and as WebKit does. */
const compositions = [
  ['during a composition', { isComposing: true }],
  ['that ends a composition in WebKit', { isComposing: false, keyCode: 229 }],
] as const;

const press = (target: Element, key: string, init: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }));

const onePage: HostPolicy = { ...aiCockpitOne, layout: 'page', saving: 'page' };

describe('keys of an input method', () => {
  let server: TestServer;
  afterEach(() => server.close());
  const writes = () => {
    const sent: string[] = [];
    server.fault((request, next) => {
      if (request.method !== 'GET') sent.push(request.method);
      return next(request);
    });
    return sent;
  };

  for (const [name, init] of compositions) {
    it(`<profile-form>: Enter ${name} does not save, and the next does`, async () => {
      server = await startServer(onePage);
      const sent = writes();
      const element = await fixture(html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`);
      const field = await appears<HTMLInputElement>(element, '#firstName');
      type(field, 'アナ');
      press(field, 'Enter', init);
      await nextFrame();
      expect(sent).to.deep.equal([]);
      press(field, 'Enter');
      await waitUntil(() => sent.length > 0, 'it was not saved');
    });

    it(`dialogs: Escape ${name} closes nothing, and the next does`, async () => {
      server = await startServer();
      const element = await fixture(html`<api-key-create .client=${server.client('ana')}></api-key-create>`);
      (await appears(element, '[part="button"]')).click();
      const dialog = await appears(element, 'dialog[open]');
      const field = deep(element, '[name="description"]');
      press(field, 'Escape', init);
      await nextFrame();
      expect(dialog.isConnected).to.equal(true);
      press(field, 'Escape');
      await waitUntil(() => !dialog.isConnected, 'it did not close');
    });

    it(`<secret-reveal>: Escape ${name} asks nothing, and the next does`, async () => {
      server = await startServer();
      const element = await fixture(
        html`<secret-reveal label="API key" .secret=${new Secret('CANARY')} lang="en"></secret-reveal>`,
      );
      press(deep(element, 'textarea'), 'Escape', init);
      await nextFrame();
      expect(textOf(element)).not.to.include('Finish without copying?');
      press(deep(element, 'textarea'), 'Escape');
      await nextFrame();
      expect(textOf(element)).to.include('Finish without copying?');
    });

    it(`<organization-select>: arrows, Enter and Escape ${name} do nothing`, async () => {
      server = await startServer();
      const element = await fixture(html`<organization-select .client=${server.client('ana')}></organization-select>`);
      const field = await appears<HTMLInputElement>(element, '[role="combobox"]');
      const present = field.value;
      for (const key of ['ArrowDown', 'Enter', ' ']) press(field, key, init);
      await nextFrame();
      expect(field.ariaExpanded).to.equal('false');
      press(field, 'ArrowDown');
      await nextFrame();
      expect(field.ariaExpanded).to.equal('true');
      for (const key of ['ArrowDown', 'Enter', 'Escape']) press(field, key, init);
      await nextFrame();
      expect(field.ariaExpanded).to.equal('true');
      expect(field.value).to.equal(present);
    });

    it(`tabs and menus: arrows ${name} lead nowhere`, async () => {
      server = await startServer();
      await fill(server);
      const element = await fixture<HTMLElement & { section?: string }>(
        html`<profile-tabs .client=${server.client('ana')} section="api-keys"></profile-tabs>`,
      );
      await appears(element, 'tbody tr');
      press(deep(element, '[role="tab"][aria-selected="true"]'), 'ArrowRight', init);
      await nextFrame();
      expect(element.section).to.equal('api-keys');
      const [opener] = deepAll(element, '[part="menu-button"]');
      opener!.click();
      const menu = await appears(element, '[role="menu"]:popover-open');
      await waitUntil(() => menu.querySelector(':focus'), 'the menu has no focus');
      const focused = menu.querySelector(':focus');
      press(focused!, 'End', init);
      press(focused!, 'Tab', init);
      expect(menu.querySelector(':focus')).to.equal(focused);
      expect(menu.matches(':popover-open')).to.equal(true);
    });
  }
});

describe('keys that are typed into a field', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  /** The keys that a shortcut handler of the page receives. */
  const listening = (root: EventTarget) => {
    const heard: string[] = [];
    for (const type of ['keydown', 'keyup'] as const) {
      root.addEventListener(type, (event) => heard.push(`${type} ${(event as KeyboardEvent).key}`));
    }
    return heard;
  };
  const show = async (containTyping: boolean) => {
    const page = await fixture(html`<div>
      <cockpit-client .client=${server.client('ana')} ?contain-typing=${containTyping}>
        <profile-tabs>
          <input slot="header" aria-label="The host’s own" />
        </profile-tabs>
        <api-key-create></api-key-create>
      </cockpit-client>
    </div>`);
    const field = await appears<HTMLInputElement>(page, '#firstName');
    return { page, field, heard: listening(page) };
  };
  const stroke = (target: Element, key: string, init: KeyboardEventInit = {}) => {
    const code = key.length === 1 ? `Key${key.toUpperCase()}` : key;
    for (const type of ['keydown', 'keyup'])
      target.dispatchEvent(new KeyboardEvent(type, { key, code, bubbles: true, composed: true, ...init }));
  };

  it('reach the page, which finds the field by `event.composedPath()`', async () => {
    const { page, field, heard } = await show(false);
    const targets: unknown[] = [];
    page.addEventListener('keydown', (event) => targets.push(event.composedPath()[0], event.target));
    stroke(field, 'k');
    expect(heard).to.deep.equal(['keydown k', 'keyup k']);
    expect(targets[0] === field).to.equal(true);
    expect(targets[1] === field).to.equal(false);
  });

  it('contain-typing: stay in the element, in nested ones and in dialogs as well', async () => {
    const { page, field, heard } = await show(true);
    deep(page, 'api-key-create').shadowRoot?.querySelector<HTMLElement>('[part="button"]')?.click();
    const inDialog = await appears(page, '[name="description"]');
    const choice = deep(page, '[name="module"]');
    for (const target of [field, inDialog, choice])
      for (const key of ['k', '/', 'Enter', 'ArrowLeft', 'Backspace', 'Dead', 'Shift', 'Home']) stroke(target, key);
    stroke(field, 'a', { ctrlKey: true });
    stroke(field, 'z', { metaKey: true });
    stroke(field, 'ArrowLeft', { ctrlKey: true });
    // An Option key types it on a Mac.
    stroke(field, '[', { altKey: true, code: 'Digit5' });
    expect(heard).to.deep.equal([]);
  });

  it('contain-typing: what leads away from a field, and shortcuts, still reach the page', async () => {
    const { field, heard } = await show(true);
    for (const key of ['Escape', 'Tab', 'F2', 'Control', 'Alt', 'Meta']) stroke(field, key);
    stroke(field, 'k', { ctrlKey: true });
    stroke(field, 'k', { metaKey: true });
    stroke(field, 's', { altKey: true });
    stroke(field, 'Enter', { ctrlKey: true });
    expect(heard.filter((line) => line.startsWith('keydown'))).to.deep.equal([
      'keydown Escape',
      'keydown Tab',
      'keydown F2',
      'keydown Control',
      'keydown Alt',
      'keydown Meta',
      'keydown k',
      'keydown k',
      'keydown s',
      'keydown Enter',
    ]);
    expect(heard).to.have.length(20);
  });

  it('contain-typing: a key that was pressed elsewhere is released for the page, too', async () => {
    const { field, heard } = await show(true);
    field.dispatchEvent(new KeyboardEvent('keyup', { key: '/', code: 'Slash', bubbles: true, composed: true }));
    expect(heard).to.deep.equal(['keyup /']);
  });

  it('contain-typing: buttons, tabs, and the fields that the page put into a slot are left alone', async () => {
    const { page, heard } = await show(true);
    stroke(button(page, 'Save'), 'k');
    stroke(deep(page, '[role="tab"]'), 'k');
    stroke(deep(page, '[slot="header"]'), 'k');
    expect(heard.filter((line) => line === 'keydown k')).to.have.length(3);
  });
});
