/** What has the focus inside an element: of elements in there with shadow roots of their own, the element itself. */
export const focusedIn = ({ shadowRoot }: Element): HTMLElement | undefined => {
  try {
    const focused = shadowRoot?.activeElement;
    return focused instanceof HTMLElement ? focused : undefined;
  } catch {
    // happy-dom, where the focus is in another shadow root.
    return undefined;
  }
};
