import { deepAll, textOf } from '../page.js';

const spoken = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];

/** All that a person can read or hear of an element: texts, names, and what stands in its fields. */
export const everythingSaid = (root: Element): string =>
  [
    textOf(root),
    ...deepAll(root, '*').flatMap((element) => [
      ...spoken.map((name) => element.getAttribute(name) ?? ''),
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : '',
      element instanceof HTMLOptionElement ? element.text : '',
    ]),
  ].join('\n');

/** Texts that only a programmer would write. */
export const gibberish = /undefined|NaN|\[object|\bnull\b|Infinity|Invalid Date|function|=>|\$\{|\{\w+\}/;

/** Everything that went wrong in the page and that nobody caught, from now on. */
export const accidents = () => {
  const seen: string[] = [];
  const handleError = (event: ErrorEvent) => void (seen.push(event.message), event.preventDefault());
  const handleRejection = (event: PromiseRejectionEvent) =>
    void (seen.push(String(event.reason)), event.preventDefault());
  const { error } = console;
  console.error = (...values: unknown[]) => void seen.push(values.map(String).join(' '));
  window.addEventListener('error', handleError);
  window.addEventListener('unhandledrejection', handleRejection);
  return {
    seen,
    stop: (): void => {
      console.error = error;
      window.removeEventListener('error', handleError);
      window.removeEventListener('unhandledrejection', handleRejection);
    },
  };
};
