import type { LitElement } from 'lit';

// oxlint-disable-next-line typescript/no-explicit-any -- a mixin's base class takes any arguments, by the language's rule
export type ElementConstructor = (new (...args: any[]) => LitElement) & { readonly observedAttributes: string[] };

const withoutHyphens = (name: string): string => name.replaceAll('-', '');

/**
 * Accepts each attribute without its hyphens too: HTML lower-cases `baseUrl`, which people and some frameworks write,
 * to `baseurl`. Where an element has both, the spelling with hyphens wins.
 */
export const AttributeSpellings = <T extends ElementConstructor>(Base: T): T =>
  class extends Base {
    static override get observedAttributes(): string[] {
      return [...new Set(super.observedAttributes.flatMap((name) => [name, withoutHyphens(name)]))];
    }

    override attributeChangedCallback(name: string, old: string | null): void {
      const { observedAttributes } = this.constructor as typeof LitElement;
      const documented = observedAttributes.find((it) => it !== name && withoutHyphens(it) === name) ?? name;
      // Not `value`: the other spelling may be there too, or have gone.
      const present = this.getAttribute(documented) ?? this.getAttribute(withoutHyphens(documented));
      super.attributeChangedCallback(documented, old, present);
    }
  };
