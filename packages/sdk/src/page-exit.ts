import { PageLeftError } from './errors.js';

const isPage = typeof window !== 'undefined';

/**
 * Runs a callback each time the page is left. A browser may keep a page that is left, memory included, and show it
 * again on Back, perhaps to another person: https://html.spec.whatwg.org/#event-pagehide. Outside a page, the callback
 * never runs.
 */
export const onPageExit = (callback: () => void): void => {
  if (isPage) window.addEventListener('pagehide', callback);
};

let visit = new AbortController();

onPageExit(() => {
  visit.abort(new PageLeftError());
  // A page that is shown again makes calls again.
  visit = new AbortController();
});

/** A signal that aborts once the page is left, and when the caller's own does. */
export const untilPageExit = (signal: AbortSignal | undefined): AbortSignal | undefined => {
  if (!isPage) return signal;
  return signal ? AbortSignal.any([signal, visit.signal]) : visit.signal;
};
