import { waitUntil as until } from '@open-wc/testing';

/** Everything below an element, through the shadow roots of the elements in it. */
export const deepAll = <T extends Element = HTMLElement>(root: ParentNode | Element, selector: string): T[] => {
  const scope = root instanceof Element && root.shadowRoot ? root.shadowRoot : root;
  const own = [...scope.querySelectorAll<T>(selector)];
  const below = [...scope.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot);
  return [...own, ...below.flatMap((element) => deepAll<T>(element, selector))];
};

export const deep = <T extends Element = HTMLElement>(root: ParentNode | Element, selector: string): T => {
  const [first] = deepAll<T>(root, selector);
  if (!first) throw new Error(`There is no ${selector}.`);
  return first;
};

/** Waits until something holds: far longer than anything takes, in milliseconds, so that a busy machine fails no test. */
export const waitUntil = (holds: () => unknown, message?: string): Promise<void> =>
  until(holds, message, { timeout: 60_000, interval: 10 });

/**
 * Lets everything that is under way in this page come to its end, where the point is that nothing is seen of it. The
 * server is in the page too, so that this many turns of its event loop are enough, however long they take.
 */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
};

/** Waits for something to be there. */
export const appears = async <T extends Element = HTMLElement>(root: Element, selector: string): Promise<T> => {
  await waitUntil(() => deepAll(root, selector).length > 0, `${selector} did not appear`);
  return deep<T>(root, selector);
};

/** An element without a box of its own, such as a slot, is visible if its parent is. */
const isSeen = (element: Element): boolean =>
  getComputedStyle(element).display === 'contents'
    ? element.parentElement === null || isSeen(element.parentElement)
    : element.checkVisibility();

/** The visible text of an element, white space folded. */
export const textOf = (root: Element): string =>
  [...(root.shadowRoot ?? root).querySelectorAll('*')]
    .filter((element) => element.localName !== 'style' && isSeen(element))
    .flatMap((element) => [
      ...[...element.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ data }: Node & { data?: string }) => data ?? ''),
      ...(element.shadowRoot ? [textOf(element)] : []),
    ])
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Waits until an element says something. */
export const says = (root: Element, text: string | RegExp): Promise<void> =>
  waitUntil(
    () => (typeof text === 'string' ? textOf(root).includes(text) : text.test(textOf(root))),
    `it did not say ${text}`,
  );

/** The button, tab or menu item in sight that bears this name. */
export const button = (root: Element, name: string): HTMLElement => {
  const found = deepAll(root, 'button, [role="menuitem"], [role="tab"], summary').find(
    (element) =>
      isSeen(element) &&
      (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim() === name,
  );
  if (!found) throw new Error(`There is no button named ${name}.`);
  return found;
};

/** Waits until animations have finished: in between, colours have too little contrast. */
export const atRest = async (root: Element): Promise<void> => {
  // Scroll-driven animations never finish.
  const animations = deepAll(root, '*')
    .flatMap((element) => element.getAnimations())
    .filter(({ timeline }) => timeline === document.timeline);
  await Promise.all(animations.map(({ finished }) => finished.catch(() => undefined)));
};

/** Types over what stands in a control, as a person does. */
export const type = (control: HTMLInputElement | HTMLTextAreaElement, text: string): void => {
  control.focus();
  control.value = text;
  control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
};
