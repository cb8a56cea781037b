import type { Page } from 'playwright-core';

/** By the path of a node: each property of its style that the element itself decides. */
export type Looks = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What all nodes inside our elements look like, wherever the page has put them and however wide they are there. */
export const looksOf = (page: Page): Promise<Looks> =>
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
      for (const child of root.querySelectorAll('.ground > *')) note(child, `${path} >> ${child.localName}`);
    };
    const tabs = document.querySelector('profile-tabs');
    if (tabs?.shadowRoot) noteAll(tabs.shadowRoot, 'profile-tabs');
    return looks;
  });

/** What differs, as `path { property: before -> now }`. */
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
