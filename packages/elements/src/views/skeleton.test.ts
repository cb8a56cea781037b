import { expect, fixture, html } from '@open-wc/testing';
import { deep, deepAll, textOf } from '../../test/page.js';
import { held, serverForEachTest, type TestServer } from '../../test/server.js';
import '../api-key-list/define.js';
import '../profile-tabs/define.js';

/** The contrast of a color with the background on which it is painted. */
const contrastOf = (color: string, background: string): number => {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  const luminanceAfter = (paint: string): number => {
    context.fillStyle = paint;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminanceAfter(background), luminanceAfter(color)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

describe('a skeleton', () => {
  let server: TestServer;
  let release: () => void;
  serverForEachTest((it) => {
    server = it;
    const { fault, release: answer } = held();
    release = answer;
    server.fault(fault);
  });
  afterEach(() => release());

  const show = (section?: string) =>
    fixture(html`<profile-tabs .client=${server.client('ana')} .section=${section}></profile-tabs>`);
  /** The section in it that already reads has a skeleton too, which is not shown. */
  const seenIn = (root: Element, selector: string) => deepAll(root, selector).filter((bar) => bar.checkVisibility());
  const boxesOf = (root: Element, selector: string) => seenIn(root, selector).map((bar) => bar.getBoundingClientRect());

  for (const [scheme, background] of [
    ['light', '#fff'],
    ['dark', '#131519'],
  ] as const) {
    it(`of tabs and of a form stands out from a ${scheme} page`, async () => {
      const element = (await show()) as HTMLElement;
      element.style.colorScheme = scheme;
      const bars = seenIn(element, '.skeleton > div');
      const colors = [
        ...bars.map((bar) => getComputedStyle(bar).backgroundColor),
        ...seenIn(element, '.form > div').map((bar) => getComputedStyle(bar, '::before').backgroundColor),
      ];
      expect(colors).to.have.length(11);
      for (const color of colors) expect(contrastOf(color, background)).to.be.within(1.3, 2);
    });

    it(`of a table stands out from a ${scheme} page`, async () => {
      const element = (await show('api-keys')) as HTMLElement;
      element.style.colorScheme = scheme;
      for (const row of seenIn(element, '.table > div'))
        for (const part of ['::before', '::after'])
          expect(contrastOf(getComputedStyle(row, part).backgroundColor, background)).to.be.within(1.3, 2);
    });
  }

  it('of a whole page has tabs beside one another, and below them labels and fields', async () => {
    const element = await show();
    const tabs = boxesOf(element, '.tabs > div');
    expect(tabs).to.have.length(3);
    expect(new Set(tabs.map(({ top }) => top)).size).to.equal(1);
    const fields = boxesOf(element, '.form > div');
    expect(fields).to.have.length(4);
    for (const [at, { top, height }] of fields.entries()) {
      expect(top).to.be.greaterThan((fields[at - 1] ?? tabs[0])!.bottom);
      expect(height).to.be.at.least(36);
    }
    expect(textOf(element)).to.equal('Loading…');
  });

  it('of a whole page whose address names a list has a toolbar and rows', async () => {
    const element = await show('api-keys');
    const [toolbar, ...rows] = boxesOf(element, '.table > div');
    expect(rows).to.have.length(3);
    expect(toolbar?.height).to.be.at.least(36);
    for (const [at, { top, height }] of rows.entries()) {
      if (at > 0) expect(top).to.equal((rows[at - 1]?.bottom ?? 0) - 1);
      expect(height).to.be.at.least(56);
    }
  });

  it('is hidden from assistive technology, which is told that it is being loaded', async () => {
    const element = await fixture(html`<api-key-list .client=${server.client('ana')}></api-key-list>`);
    const bars = deepAll(element, '.skeleton > div');
    expect(bars).to.have.length(5);
    for (const bar of bars) expect(bar.getAttribute('aria-hidden')).to.equal('true');
    expect(deep(element, '[aria-busy="true"]').textContent).to.include('Loading…');
  });
});
