import type { PropertyDeclaration, ReactiveElement } from 'lit';

/** A public property. Lit's own decorator is also one of the standard's syntax, and several times as large. */
export const property =
  (options?: PropertyDeclaration) =>
  (prototype: object, name: string): void =>
    // Only elements have properties.
    (prototype.constructor as typeof ReactiveElement).createProperty(name, options);

/** Private state that is drawn. */
export const state = () => property({ state: true });
