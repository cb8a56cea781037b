import type { Cockpit } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { Messages } from '../locales/localizer.js';
import type { FormGroup } from './saving.js';

/** The context that `<cockpit-client>` provides to every element below it. */
export interface Scope {
  readonly client: Cockpit | undefined;
  readonly organizationId: string | undefined;
  readonly locale: string | undefined;
  readonly messages: Messages | undefined;
  /** Whether key events of text fields stop at the element, so that shortcuts of the page do not run. */
  readonly containsTyping: boolean;
  /** Where one Save is for all forms of a page. */
  readonly formGroup: FormGroup | undefined;
}

/** Registered symbols and a plain event, so that two copies of this package on one page find each other. */
const scope = Symbol.for('@ai-cockpit/elements:scope');
const scopeChange = 'cockpit-scope-change';
const outermost = 'cockpit-client';

type Provider = Node & { readonly [scope]: Scope };

const isProvider = (node: Node): node is Provider => scope in node;
const parentOf = (node: Node): Node | null => (node instanceof ShadowRoot ? node.host : node.parentNode);

/** Gives a scope to all elements below its host. */
export class ScopeProvider {
  readonly #host: Element;
  #scope: Scope = {
    client: undefined,
    organizationId: undefined,
    locale: undefined,
    messages: undefined,
    containsTyping: false,
    formGroup: undefined,
  };

  constructor(host: Element) {
    this.#host = host;
    Object.defineProperty(host, scope, { get: () => this.#scope });
  }

  provide(scope: Scope): void {
    const present = Object.entries(this.#scope) as [keyof Scope, unknown][];
    if (present.every(([name, value]) => scope[name] === value)) return;
    this.#scope = scope;
    this.#host.dispatchEvent(new Event(scopeChange));
  }
}

/** The scope of the nearest provider above its host, wherever the host is moved, and whichever was defined first. */
export class ScopeConsumer implements ReactiveController {
  readonly #host: LitElement;
  readonly #updating: () => void;
  #provider: Provider | undefined;

  /** Calls `updating` before everything else in each update. */
  constructor(host: LitElement, updating: () => void) {
    this.#host = host;
    this.#updating = updating;
    host.addController(this);
  }

  get value(): Scope | undefined {
    return this.#provider?.[scope];
  }

  hostConnected(): void {
    this.hostDisconnected();
    for (let node = parentOf(this.#host); node; node = parentOf(node)) {
      if (isProvider(node)) {
        this.#provider = node;
        node.addEventListener(scopeChange, this.#handleChange);
        return;
      }
      // Not defined yet, or not yet upgraded, which an adopted subtree is from the inside out.
      if (node instanceof Element && node.localName === outermost && !node.matches(':defined')) {
        void customElements.whenDefined(outermost).then(() => {
          if (!this.#host.isConnected || this.#provider) return;
          this.hostConnected();
          this.#handleChange();
        });
        return;
      }
    }
  }

  hostUpdate(): void {
    this.#updating();
  }

  hostDisconnected(): void {
    this.#provider?.removeEventListener(scopeChange, this.#handleChange);
    this.#provider = undefined;
  }

  readonly #handleChange = (): void => this.#host.requestUpdate();
}
