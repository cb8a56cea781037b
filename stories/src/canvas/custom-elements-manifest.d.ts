// Made from the sources before Storybook starts; here is what is read of it.
declare module '@ai-cockpit/elements/custom-elements.json' {
  interface Described {
    readonly name: string;
    readonly description?: string;
    readonly default?: string;
    readonly type?: { readonly text: string };
  }
  interface Member extends Described {
    readonly kind: string;
    readonly attribute?: string;
    readonly parameters?: readonly Described[];
  }
  interface Declaration {
    readonly tagName?: string;
    readonly summary?: string;
    readonly members?: readonly Member[];
    readonly attributes?: readonly Described[];
    readonly events?: readonly Described[];
    readonly slots?: readonly Described[];
    readonly cssParts?: readonly Described[];
    readonly cssProperties?: readonly Described[];
  }
  const manifest: { readonly modules: readonly { readonly declarations: readonly Declaration[] }[] };
  export type { Declaration, Described, Member };
  export default manifest;
}
