import type { CSSResult, LitElement } from 'lit';

/** A style sheet belongs to the document it was made in: any other one needs its own. */
const sheetFor = (style: CSSResult, { defaultView }: Document): CSSStyleSheet | undefined => {
  if (defaultView === window) return style.styleSheet;
  const sheet = defaultView ? new defaultView.CSSStyleSheet() : undefined;
  sheet?.replaceSync(style.cssText);
  return sheet;
};

/** Gives an element its styles in the document that it is in now. */
export const dress = ({ shadowRoot, ownerDocument, constructor }: LitElement): void => {
  if (!shadowRoot) return;
  // Each is a result of `css`: there is nothing else in `static styles`.
  const styles = (constructor as typeof LitElement).elementStyles as readonly CSSResult[];
  shadowRoot.adoptedStyleSheets = styles.flatMap((style) => sheetFor(style, ownerDocument) ?? []);
};

/**
 * What an element draws on, inside its shadow root: the element itself is a part of the page and styled by it, however
 * rudely; of what is inherited, the ground lets in what is meant to be.
 */
export const createGround = (element: LitElement): HTMLElement => {
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  dress(element);
  const ground = document.createElement('div');
  ground.className = 'ground';
  return root.appendChild(ground);
};

/** Runs `left` once an element has left its page, rather than been put elsewhere in it. */
export const whenLeft = (element: Element, left: () => void): void =>
  queueMicrotask(() => {
    if (!element.isConnected) left();
  });
