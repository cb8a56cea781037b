import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { CSSResult, LitElement } from 'lit';
import postcss, { type AtRule, type Container, type Declaration } from 'postcss';
import { appears } from '../page.js';
import { startServer } from '../server.js';

const shippedModule = '/shipped-elements.js';
const demoModule = '/demo-style-sheets.js';

/** Properties that not every engine has, and that nothing depends on: smoother text, room for what is typed. */
const optional = [
  '-webkit-font-smoothing',
  '-webkit-text-size-adjust',
  'field-sizing',
  // WebKit has no forced colours.
  'forced-color-adjust',
];

/** The text with each `var()` replaced by its token's value, else by its own fallback. */
const withoutVariables = (text: string, tokens: ReadonlyMap<string, string>): string => {
  const start = text.lastIndexOf('var(');
  if (start < 0) return text;
  let end = start + 'var('.length;
  for (let depth = 1; depth > 0; end += 1) depth += { '(': 1, ')': -1 }[text.charAt(end)] ?? 0;
  const [name = '', ...fallback] = text.slice(start + 'var('.length, end - 1).split(',');
  const value = tokens.get(name.trim()) ?? fallback.join(',').trim();
  return withoutVariables(text.slice(0, start) + (value || `(no ${name})`) + text.slice(end), tokens);
};

/** Whether an engine takes the prelude of an at-rule: `@media …`, `@container …`. */
const isAtRuleUnderstood = (name: string, prelude: string): boolean => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@${name} ${prelude} {}`);
  const [rule] = sheet.cssRules;
  return rule !== undefined && !(rule instanceof CSSMediaRule && rule.media.mediaText.includes('not all'));
};

const isKeyframes = (container: Container): boolean =>
  container.type === 'atrule' && /keyframes$/.test(String((container as AtRule).name));

/** Some engines know a property by its prefixed name only. */
const isPrefixedBeside = ({ prop, parent }: Declaration, value: string): boolean =>
  CSS.supports(`-webkit-${prop}`, value) &&
  parent?.some((node) => node.type === 'decl' && node.prop === `-webkit-${prop}`) === true;

const isDeclarationUnderstood = (declaration: Declaration, tokens: ReadonlyMap<string, string>): boolean => {
  const value = withoutVariables(declaration.value, tokens);
  return (
    optional.includes(declaration.prop) || CSS.supports(declaration.prop, value) || isPrefixedBeside(declaration, value)
  );
};

/** The parts of a style sheet that this engine does not understand, except inside an `@supports` whose condition it denies. */
const notUnderstoodIn = (container: Container, tokens: ReadonlyMap<string, string>): string[] =>
  (container.nodes ?? []).flatMap((node): string[] => {
    if (node.type === 'decl') return isDeclarationUnderstood(node, tokens) ? [] : [String(node)];
    if (node.type === 'rule') {
      const selectors = isKeyframes(container) ? [] : node.selectors;
      return [
        ...selectors.filter((selector) => !CSS.supports(`selector(${selector})`)),
        ...notUnderstoodIn(node, tokens),
      ];
    }
    if (node.type !== 'atrule') return [];
    if (node.name === 'supports') return CSS.supports(node.params) ? notUnderstoodIn(node, tokens) : [];
    return [
      ...(isAtRuleUnderstood(node.name, node.params) ? [] : [`@${node.name} ${node.params}`]),
      ...notUnderstoodIn(node, tokens),
    ];
  });

/** The parts of style sheets that this engine does not understand; the first value of a custom property stands for all. */
const notUnderstood = (sheets: readonly string[]): string[] => {
  const roots = sheets.map((cssText) => postcss.parse(cssText));
  const tokens = new Map<string, string>();
  for (const root of roots) {
    root.walkDecls(/^--/, ({ prop, value }) => void tokens.set(prop, tokens.get(prop) ?? value));
  }
  return roots.flatMap((root) => notUnderstoodIn(root, tokens));
};

describe('the style sheets as they are shipped', () => {
  let sheets: string[] = [];

  before(async () => {
    // The exports of `src/index.ts`, from another place; each style is a result of `css`: there is no other way.
    const shipped = (await import(shippedModule)) as Record<string, Partial<typeof LitElement>>;
    const styles = Object.values(shipped).flatMap(({ elementStyles = [] }) => elementStyles) as CSSResult[];
    sheets = [...new Set(styles.map(({ cssText }) => cssText))];
  });

  it('have no declaration, selector or condition that this engine does not understand', () => {
    expect(sheets.length).to.be.above(15);
    expect(notUnderstood(sheets)).to.deep.equal([]);
  });

  it('have none in the pages of the demo either', async () => {
    // As `demo-style-sheets.mjs` serves it.
    const demo = (await import(demoModule)) as { sheets: string[] };
    expect(demo.sheets.length).to.be.above(5);
    expect(notUnderstood(demo.sheets)).to.deep.equal([]);
  });

  it('let a bar of tabs fade at each end where there is more, and at no other', async () => {
    const server = await startServer(aiCockpitOne);
    const element = await fixture<HTMLElement>(html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`);
    const bar = await appears(element, '[part="bar"]');
    if (!CSS.supports('animation-timeline: scroll()')) {
      // There, its scroll bar says so.
      expect(getComputedStyle(bar).scrollbarWidth).to.equal('thin');
      return server.close();
    }
    /** By where the two fades are: each is out of sight at its own end. */
    const fades = async () => {
      await nextFrame();
      await nextFrame();
      const [left, right] = getComputedStyle(bar)
        .maskPosition.split(', ')
        .map((position) => Number.parseFloat(position));
      return { left: left === 0, right: right !== 0 };
    };
    element.style.inlineSize = '960px';
    expect(await fades()).to.deep.equal({ left: false, right: false });
    element.style.inlineSize = '300px';
    for (const direction of ['ltr', 'rtl']) {
      element.dir = direction;
      bar.scrollLeft = 0;
      const atStart = await fades();
      const end = (bar.scrollWidth - bar.clientWidth) * (direction === 'rtl' ? -1 : 1);
      bar.scrollLeft = end / 2;
      expect(await fades(), direction).to.deep.equal({ left: true, right: true });
      bar.scrollLeft = end;
      const atEnd = await fades();
      const [atLeft, atRight] = direction === 'rtl' ? [atEnd, atStart] : [atStart, atEnd];
      expect(atLeft, direction).to.deep.equal({ left: false, right: true });
      expect(atRight, direction).to.deep.equal({ left: true, right: false });
    }
    return server.close();
  });
});
