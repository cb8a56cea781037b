import { warnDeveloper } from '@ai-cockpit/sdk';

/** Registers an element, unless we are not in a browser or the tag is taken: that is left alone, and said. */
export const define = (tag: string, element: CustomElementConstructor): void => {
  // In Node, Lit brings a registry of its own: what is defined there is never upgraded.
  if (typeof document === 'undefined') return;
  const taken = customElements.get(tag);
  if (!taken) return customElements.define(tag, element);
  if (taken !== element) warnDeveloper(`<${tag}> is already defined; @ai-cockpit/elements leaves it as it is.`);
};
