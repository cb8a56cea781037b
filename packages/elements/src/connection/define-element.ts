/** Registers an element, unless we are not in a browser or the tag is taken: that is left alone, and said. */
export const define = (tag: string, element: CustomElementConstructor): void => {
  // In Node, Lit brings a registry of its own: what is defined there is never upgraded.
  if (typeof document === 'undefined') return;
  const taken = customElements.get(tag);
  if (!taken) return customElements.define(tag, element);
  // eslint-disable-next-line no-console -- the only way to tell a developer whose page has the tag twice
  if (taken !== element) console.warn(`<${tag}> is already defined; @ai-cockpit/elements leaves it as it is.`);
};
