import type { Page } from 'playwright-core';

/** By the path of a node: each property of its style that the element itself decides. */
export type Looks = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Waits until nothing is loading, and finishes animations: in between, colours and positions are not final. */
const comeToRest = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots)
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
    const isBusy = roots.some((root) => root.querySelector('[aria-busy="true"]'));
    // Scroll-driven animations never finish.
    const moving = roots
      .flatMap((root) => root.getAnimations())
      .filter(({ timeline, playState }) => timeline === document.timeline && playState === 'running');
    for (const animation of moving) animation.finish();
    return !isBusy && moving.length === 0;
  });

/** The computed styles of all nodes inside our elements, after every animation has finished. */
export const looksOf = async (page: Page): Promise<Looks> => {
  await comeToRest(page);
  return readLooks(page);
};

/** Wherever the page has put the nodes, and however wide they are there. */
const readLooks = (page: Page): Promise<Looks> =>
  page.evaluate(() => {
    // Where a page hands its font down, and where sizes follow from the room there is.
    const followsThePage =
      /^(font-family|color-scheme|(inline|block)-size|width|height|.*-origin|(.*inset.*|top|right|bottom|left)|margin.*|grid-template.*|.*position-area.*)$/;
    const looks: Record<string, Record<string, string>> = {};
    const note = (element: Element, path: string): void => {
      const style = getComputedStyle(element);
      looks[path] = Object.fromEntries(
        [...style]
          .filter((name) => !name.startsWith('--') && !followsThePage.test(name))
          .map((name) => [name, style.getPropertyValue(name)]),
      );
      for (const [at, child] of [...element.children].entries()) note(child, `${path} > ${child.localName}:${at}`);
      if (element.shadowRoot) noteAll(element.shadowRoot, path);
    };
    const noteAll = (root: ShadowRoot, path: string): void => {
      for (const child of root.querySelectorAll('.container > *')) note(child, `${path} >> ${child.localName}`);
    };
    const tabs = document.querySelector('profile-tabs');
    if (tabs?.shadowRoot) noteAll(tabs.shadowRoot, 'profile-tabs');
    return looks;
  });

/** The differences, as `path { property: before -> now }`. */
export const differences = (before: Looks, now: Looks): string[] => [
  ...Object.keys(before)
    .filter((path) => !now[path])
    .map((path) => `${path} is missing`),
  ...Object.entries(now).flatMap(([path, style]) =>
    Object.entries(style)
      .filter(([name, value]) => before[path]?.[name] !== value)
      .map(([name, value]) => `${path} { ${name}: ${before[path]?.[name]} -> ${value} }`),
  ),
];
