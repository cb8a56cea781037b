import type { CSSResult, LitElement } from 'lit';

type Sheet = CSSResult & { readonly styleSheet: CSSStyleSheet };

/** Gives an element its styles in the document that it is in now: another document takes no sheets of this one. */
export const adoptStyles = ({ shadowRoot, ownerDocument, constructor }: LitElement): void => {
  const view = ownerDocument.defaultView;
  if (!shadowRoot || !view) return;
  // Each is a result of `css`, in a browser that has constructed sheets: we style in no other way.
  const styles = (constructor as typeof LitElement).elementStyles as readonly Sheet[];
  shadowRoot.adoptedStyleSheets = styles.map(({ styleSheet, cssText }) => {
    // In jsdom before 27 no sheet can be filled; under Vitest, `window` is never a document's view.
    if (view === window || !('replaceSync' in view.CSSStyleSheet.prototype)) return styleSheet;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(cssText);
    return sheet;
  });
};

/**
 * What an element draws on, inside its shadow root: the element itself is a part of the page and styled by it, however
 * rudely; of what is inherited, the container lets in what is meant to be.
 */
export const createRenderContainer = (element: LitElement): HTMLElement => {
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  adoptStyles(element);
  const container = document.createElement('div');
  container.className = 'container';
  return root.appendChild(container);
};

/** Runs `left` once an element has left its page, rather than been put elsewhere in it. */
export const onRemoved = (element: Element, left: () => void): void =>
  queueMicrotask(() => {
    if (!element.isConnected) left();
  });
