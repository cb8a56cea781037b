import type { PropertyDeclaration, ReactiveElement } from 'lit';

/** Whether an attribute is there. Frameworks write `false` into one that they do not know: it is none then. */
export const isPresent = (value: string | null): boolean => value !== null && value !== 'false';

const presence = { fromAttribute: isPresent, toAttribute: (value: unknown) => (value ? '' : null) };

/** A public property. Lit's own decorator is also one of the standard's syntax, and several times as large. */
export const property =
  (options?: PropertyDeclaration) =>
  (prototype: object, name: string): void =>
    // Only elements have properties.
    (prototype.constructor as typeof ReactiveElement).createProperty(
      name,
      options?.type === Boolean ? { ...options, converter: presence } : options,
    );

/** Private state that is drawn. */
export const state = () => property({ state: true });
