import { deepAll } from '../page.js';

const shadowsOf = (root: Element): string =>
  [root.outerHTML, ...[root, ...deepAll(root, '*')].map(({ shadowRoot }) => shadowRoot?.innerHTML ?? '')].join('\n');

/** All that an object tells of itself, as deep as it goes. */
const told = (value: unknown, seen = new Set<unknown>()): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || value instanceof Node || value instanceof Window) return '';
  if (seen.has(value)) return '';
  seen.add(value);
  const names = new Set<string>();
  for (
    let it: object | null = value;
    it && it !== Object.prototype && it !== Event.prototype;
    it = Object.getPrototypeOf(it) as object | null
  )
    for (const name of Object.getOwnPropertyNames(it)) names.add(name);
  return [...names]
    .map((name) => {
      try {
        return told((value as Record<string, unknown>)[name], seen);
      } catch {
        return '';
      }
    })
    .join('\n');
};

const consoleMethods = ['log', 'info', 'debug', 'warn', 'error', 'trace'] as const;

/** Follows everything that a page leaves behind: the console, events, errors, addresses, storage, history. */
export const followed = () => {
  const left: string[] = [];
  const originals = consoleMethods.map((name) => [name, console[name]] as const);
  for (const [name] of originals) console[name] = (...values: unknown[]) => void left.push(told(values));
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below, and put back
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event) {
    left.push(told(event));
    return dispatch.call(this, event);
  };
  const handleError = (event: ErrorEvent | PromiseRejectionEvent) =>
    void left.push(told('reason' in event ? event.reason : event.error));
  window.addEventListener('error', handleError);
  window.addEventListener('unhandledrejection', handleError);
  return {
    /** The traces so far, and the current content of the page and its storage. */
    traces: (element: Element): string =>
      [
        ...left,
        shadowsOf(element),
        document.documentElement.outerHTML,
        document.title,
        document.cookie,
        location.href,
        told({ ...localStorage }),
        told({ ...sessionStorage }),
        told(history.state),
        told(performance.getEntries().map(({ name }) => name)),
        JSON.stringify(Object.entries(window).filter(([, value]) => typeof value === 'string')),
      ].join('\n'),
    stop: (): void => {
      for (const [name, original] of originals) console[name] = original;
      EventTarget.prototype.dispatchEvent = dispatch;
      window.removeEventListener('error', handleError);
      window.removeEventListener('unhandledrejection', handleError);
    },
  };
};
