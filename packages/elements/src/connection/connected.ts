import type { Cockpit } from '@ai-cockpit/sdk';
import { FocusController } from '../controllers/focus-controller.js';
import type { Messages } from '../locales/localizer.js';
import { AttributeSpellings, type ElementConstructor } from './attribute-spellings.js';
import { createRenderContainer, adoptStyles, onRemoved } from './render-container.js';
import { property } from './properties.js';
import { type Scope, ScopeConsumer } from './scope.js';
import { sharedClient } from './shared-clients.js';
import { containTyping } from './typing.js';

export declare class ConnectedInterface {
  /** The client to use; wins over `base-url` and over a surrounding `<cockpit-client>`. */
  client?: Cockpit;
  /** Where the API is. Elements with the same one share a client, signed in by cookie. */
  baseUrl?: string;
  /** The active organization; by default the person's first. */
  organizationId?: string;
  /** A BCP 47 language tag; by default the nearest `lang`, then the browser's. */
  locale?: string;
  /** The host's own wording, by language and message id; wins over the policy's. */
  messages?: Messages;
  /**
   * The client, organization and locale that the element uses: by its own properties, else by the `<cockpit-client>`
   * above it.
   *
   * @internal
   */
  get connection(): Scope;
  /**
   * Whether something was typed for the active organization, which the element then keeps.
   *
   * @internal
   */
  protected holdsOrganization(): boolean;
  /**
   * Called when another organization becomes the active one while the element keeps its own.
   *
   * @internal
   */
  protected organizationHeld(): void;
  /**
   * Called after the element was moved in the page, by `moveBefore()` or by removing and adding it at once.
   *
   * @internal
   */
  connectedMoveCallback(): void;
}

/** Now, in milliseconds since the epoch: by the server's clock, as its client knows it. */
export const nowOf = ({ connection: { client } }: ConnectedInterface): number => client?.now() ?? Date.now();

// oxlint-disable-next-line typescript/no-explicit-any -- a mixin's base class takes any arguments, by the language's rule
type Constructor<T> = new (...args: any[]) => T;

/** Adds the properties by which a host connects an element to its API. */
export const Connected = <T extends ElementConstructor>(Base: T) => {
  class ConnectedElement extends AttributeSpellings(Base) {
    @property({ attribute: false }) client?: Cockpit;
    @property({ attribute: 'base-url' }) baseUrl?: string;
    @property({ attribute: 'organization-id' }) organizationId?: string;
    @property() locale?: string;
    @property({ attribute: false }) messages?: Messages;

    readonly #scope = new ScopeConsumer(this, () => this.#noteOrganization());
    #isThere = false;
    /** The organization of the last update, and the one that was wanted then. */
    #presentId: string | undefined;
    #wantedId: string | undefined;

    protected holdsOrganization(): boolean {
      return false;
    }

    protected organizationHeld(): void {}

    #noteOrganization(): void {
      const wantedId = this.organizationId ?? this.#scope.value?.organizationId;
      const isOther = wantedId !== this.#wantedId;
      this.#wantedId = wantedId;
      this.#presentId = this.connection.organizationId;
      if (isOther && wantedId !== this.#presentId) this.organizationHeld();
    }

    get connection(): Scope {
      const scope = this.#scope.value;
      return {
        client: this.client ?? (this.baseUrl == null ? scope?.client : sharedClient(this.baseUrl)),
        organizationId: this.holdsOrganization() ? this.#presentId : (this.organizationId ?? scope?.organizationId),
        locale: this.locale ?? scope?.locale,
        messages: this.messages ?? scope?.messages,
        containsTyping: scope?.containsTyping ?? false,
        formGroup: scope?.formGroup,
      };
    }

    override connectedCallback(): void {
      if (this.#isThere) return this.connectedMoveCallback();
      this.#isThere = true;
      super.connectedCallback();
    }

    /** Put elsewhere at once, it goes on with all that is under way: what was typed, a dialog, a request. */
    override disconnectedCallback(): void {
      onRemoved(this, () => {
        if (!this.#isThere) return;
        this.#isThere = false;
        super.disconnectedCallback();
      });
    }

    /** Only what stands above it may be another now. */
    connectedMoveCallback(): void {
      this.#scope.hostConnected();
      this.requestUpdate();
    }

    adoptedCallback(): void {
      adoptStyles(this);
    }

    protected override createRenderRoot(): HTMLElement {
      const container = createRenderContainer(this);
      new FocusController(this);
      for (const type of ['keydown', 'keypress', 'keyup'] as const) {
        container.addEventListener(type, (event) => {
          if (this.connection.containsTyping) containTyping(event, this.shadowRoot);
        });
      }
      return container;
    }
  }
  // The declaration file names the mixin's members once, rather than the anonymous class.
  return ConnectedElement as unknown as Constructor<ConnectedInterface> & T;
};
