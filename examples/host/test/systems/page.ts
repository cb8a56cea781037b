import type { Page } from 'playwright-core';

/** All that a page holds, through every shadow root: markup, values of fields, storage and address. */
export const everythingIn = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const serialize = (root: ParentNode): string =>
      [...root.querySelectorAll('*')]
        .map(
          (element) =>
            element.outerHTML +
            ((element as HTMLInputElement).value ?? '') +
            (element.shadowRoot ? serialize(element.shadowRoot) : ''),
        )
        .join('');
    return serialize(document) + JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href;
  });

/** A date by the server's calendar, which is UTC. */
export const dateInDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
