import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { appears, atRest, deep, deepAll, says, textOf } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import '../profile-tabs/define.js';

const boxOf = (element: Element) => element.getBoundingClientRect();

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
  const keys = server.client('ana').organization('acme').apiKeys;
  (await keys.create({ description: 'Nightly (מפתח)' })).secret?.dispose();
});
afterEach(() => server.close());

const show = async (section: string, { locale = 'en', width = 960, dir = 'rtl' } = {}) => {
  const page = await fixture<HTMLElement>(html`<div dir=${dir}>
    <profile-tabs .client=${server.client('ana')} locale=${locale} section=${section}></profile-tabs>
  </div>`);
  page.style.width = `${width}px`;
  const element = page.querySelector('profile-tabs')!;
  await appears(element, '[role="tabpanel"]:not([hidden])');
  return element;
};

describe('A page from right to left', () => {
  it('has its tabs, its buttons and its menus the other way round', async () => {
    const element = await show('api-keys');
    const menuButton = await appears(element, '[part="menu-button"]');
    const [first, second] = deepAll(element, '[role="tab"]');
    expect(boxOf(first!).left).to.be.greaterThan(boxOf(second!).right);
    expect(boxOf(deep(element, 'tbody th')).left).to.be.greaterThan(boxOf(menuButton).right);
    menuButton.click();
    await nextFrame();
    const menu = deep(element, '[popover]:popover-open');
    await atRest(element);
    expect(Math.abs(boxOf(menu).left - boxOf(menuButton).left)).to.be.lessThan(2);
  });

  it('keeps sentences, names and keys in their own order', async () => {
    const element = await show('api-keys');
    await appears(element, '[part="menu-button"]');
    const name = deep(element, 'tbody th bdi');
    expect(name.textContent).to.equal('Nightly (מפתח)');
    expect(getComputedStyle(deep(element, 'span.mono')).direction).to.equal('ltr');
    deep(element, '[part="menu-button"]').click();
    await nextFrame();
    deep(element, '[role="menuitem"]').click();
    await says(element, 'stops working immediately');
    expect(deep(element, '#consequence').textContent?.trim()).to.equal(
      '\u2068“\u2068Nightly (מפתח)\u2069” stops working immediately. Programs that use it will be rejected. This cannot be undone.\u2069',
    );
  });

  it('has addresses and secrets from left to right', async () => {
    const element = await show('profile');
    expect((await appears<HTMLInputElement>(element, '#email')).dir).to.equal('ltr');
    expect(deep<HTMLInputElement>(element, '#firstName').dir).to.equal('auto');
  });
});

describe('A page from left to right', () => {
  it('has the menu of a row below its button, as far as both end', async () => {
    const element = await show('api-keys', { dir: 'ltr', width: 700 });
    const menuButton = await appears(element, '[part="menu-button"]');
    menuButton.click();
    await nextFrame();
    const menu = deep(element, '[popover]:popover-open');
    await atRest(element);
    expect(Math.abs(boxOf(menu).right - boxOf(menuButton).right)).to.be.lessThan(2);
  });
});

describe('The texts of a language', () => {
  for (const [locale, dir] of [
    ['ja', 'ltr'],
    ['pt-BR', 'ltr'],
    ['es', 'ltr'],
    ['en', 'rtl'],
  ] as const) {
    for (const section of ['profile', 'providers', 'api-keys']) {
      it(`fit into 320 px: ${section}, ${locale}, ${dir}`, async () => {
        const element = await show(section, { locale, dir, width: 320 });
        await appears(element, { profile: '#firstName', providers: '[part="add"]' }[section] ?? 'tbody tr');
        const { left, right } = boxOf(element);
        const bar = deep(element, '[part="bar"]');
        const outside = deepAll(element, 'button, input, select, p, td, th, h2, bdi')
          .filter((it) => !bar.contains(it) && boxOf(it).width > 1)
          .filter((it) => boxOf(it).left < left - 1 || boxOf(it).right > right + 1);
        expect(outside.map((it) => it.outerHTML)).to.deep.equal([]);
        expect(textOf(element).length).to.be.greaterThan(20);
      });
    }
  }

  for (const locale of ['en', 'pt-BR', 'es', 'ja']) {
    it(`fit into a table of 960 px, in ${locale}`, async () => {
      const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
      const keys = server.client('ana').organization('acme').apiKeys;
      (await keys.create({ description: 'Reports', expiresAt })).secret?.dispose();
      const element = await show('api-keys', { locale, dir: 'ltr' });
      await appears(element, '[part="warning"]');
      expect(boxOf(deep(element, 'table')).right).to.be.at.most(boxOf(deep(element, '[part="frame"]')).right + 1);
    });
  }
});
