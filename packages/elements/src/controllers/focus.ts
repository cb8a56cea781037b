/** The focused node in an element's shadow root. For a node in a nested shadow root, that is its host. */
export const focusedIn = ({ shadowRoot }: Element): HTMLElement | undefined => {
  try {
    const focused = shadowRoot?.activeElement;
    return focused instanceof HTMLElement ? focused : undefined;
  } catch {
    // happy-dom, where the focus is in another shadow root.
    return undefined;
  }
};
