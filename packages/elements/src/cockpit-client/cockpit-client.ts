import { type Cockpit, createCockpit, type GetAccessToken } from '@ai-cockpit/sdk';
import { css, html, LitElement, type PropertyValues } from 'lit';
import type {} from '../events/organization-change-event.js';
import type { Messages } from '../locales/localizer.js';
import { AttributeSpellings } from '../connection/attribute-spellings.js';
import { onRemoved } from '../connection/render-container.js';
import { property } from '../connection/properties.js';
import { ScopeProvider } from '../connection/scope.js';
import { sharedClient } from '../connection/shared-clients.js';

/**
 * @tag cockpit-client
 * @summary Gives one client, organization and locale to every element below it, and follows an `<organization-select>` there.
 *
 * @fires {CockpitErrorEvent} cockpit-error - Something failed behind what the elements show, which stays as it was, or only a developer can mend it.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended: sign the person in again. Once, however many elements it stops.
 *
 * @slot - The elements, and anything of the host's own.
 */
export class CockpitClientElement extends AttributeSpellings(LitElement) {
  static override styles = css`
    :host {
      display: contents;
    }
    :host([hidden]) {
      display: none;
    }
  `;

  /** Where the API is, for example `/v1`. */
  @property({ attribute: 'base-url' }) baseUrl?: string;
  /** The active organization; by default the person's first. */
  @property({ attribute: 'organization-id' }) organizationId?: string;
  /**
   * Keeps from the page what is typed into text fields of the elements below: their key events stop at each element, so
   * that a page's shortcuts of one key (`/`, `k`) do not run. Escape, Tab, function keys and shortcuts with Ctrl, ⌘ or
   * Alt still reach the page, except those that edit text. Without it, `event.composedPath()[0]` is the field.
   */
  @property({ type: Boolean, attribute: 'contain-typing' }) containTyping = false;
  /** A BCP 47 language tag for every element below. */
  @property() locale?: string;
  /** The host's own wording for every element below, by language and message id; wins over the policy's. */
  @property({ attribute: false }) messages?: Messages;
  /** A client of the host's own; wins over `base-url`. */
  @property({ attribute: false }) client?: Cockpit;
  /** For sessions by token; without it, requests carry the host's cookie. */
  @property({ attribute: false }) getAccessToken?: GetAccessToken;

  readonly #provider = new ScopeProvider(this);
  #own: Cockpit | undefined;
  /** The client in use. */
  #present: Cockpit | undefined;
  /** The organization that was chosen below, rather than by the host. */
  #chosen: string | undefined;

  constructor() {
    super();
    // Each element says it; the host is to act on it once.
    this.addEventListener('cockpit-session-expired', (event) => event.repeated && event.stopImmediatePropagation());
    // A chooser among the elements below chooses for all of them.
    this.addEventListener('organization-changed', ({ organizationId }) => {
      this.organizationId = this.#chosen = organizationId;
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('baseUrl') || changed.has('getAccessToken')) this.#closeOwn();
    this.#use(this.client ?? this.#ownClient());
    const { organizationId, locale, messages, containTyping: containsTyping } = this;
    this.#provider.provide({
      client: this.#present,
      organizationId,
      locale,
      messages,
      containsTyping,
      formGroup: undefined,
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Having left, it has closed its client.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    onRemoved(this, () => {
      this.#present?.changes.removeEventListener('user', this.#handleUser);
      this.#present = undefined;
      this.#closeOwn();
    });
  }

  override render() {
    return html`<slot></slot>`;
  }

  /** Drops the chosen organization of the former person: another may not belong to it. */
  readonly #handleUser = (): void => {
    if (this.organizationId === this.#chosen) this.organizationId = undefined;
    this.#chosen = undefined;
  };

  #use(client: Cockpit | undefined): void {
    if (client === this.#present) return;
    if (this.#present) this.#handleUser();
    this.#present?.changes.removeEventListener('user', this.#handleUser);
    client?.changes.addEventListener('user', this.#handleUser);
    this.#present = client;
  }

  #closeOwn(): void {
    this.#own?.close();
    this.#own = undefined;
  }

  #ownClient(): Cockpit | undefined {
    const { baseUrl, getAccessToken } = this;
    if (baseUrl == null) return undefined;
    if (!getAccessToken) return sharedClient(baseUrl);
    return (this.#own ??= createCockpit({ baseUrl, getAccessToken }));
  }
}
