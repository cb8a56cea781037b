import type { Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { ScopeProvider } from '../connection/scope.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { externalIcon } from '../icons/icons.js';
import { sections as texts } from '../locales/en/sections.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { deniedView } from '../views/denied.js';
import { unreadView } from '../views/skeleton.js';
import { contentsOf, hasContents } from './contents.js';
import { styles } from './profile-tabs.styles.js';

type Section = Policy['sections'][number];

const isLink = ({ href }: Section) => href !== undefined;
const hasContent = ({ id }: Section) => hasContents(id);

/** Only what cannot run: the host's own pages, and others over TLS. */
const safeUrl = (href: string): string | undefined => {
  const url = URL.canParse(href, document.baseURI) ? new URL(href, document.baseURI) : undefined;
  return url && (url.protocol === 'https:' || url.origin === location.origin) ? url.href : undefined;
};

/** `profile-section-change` before another section is shown, cancelable; `profile-section-changed` after. */
export class ProfileSectionChangeEvent extends Event {
  readonly section: string;

  constructor(type: 'profile-section-change' | 'profile-section-changed', section: string) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'profile-section-change' });
    this.section = section;
  }
}

/**
 * @tag profile-tabs
 * @summary The whole page: the sections that the policy names, in its order.
 *
 * @fires {ProfileSectionChangeEvent} profile-section-change - Before another section is shown.
 * @fires {ProfileSectionChangeEvent} profile-section-changed - After another section is shown.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the sections.
 * @slot footer - Below the sections.
 *
 * @csspart bar - The row of tabs and links.
 * @csspart tablist - The tabs.
 * @csspart tab - One tab.
 * @csspart link - A link to a page of the host.
 * @csspart panel - The contents of a section.
 * @csspart denied - Why a section is not there.
 * @csspart problem - Why nothing could be shown.
 */
export class ProfileTabsElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, styles];

  /** The section shown; by default the one that the address names, else the first. */
  @property({ reflect: true }) section?: string;

  /** Keeps the section in the address (`#section`). Without it, the address is only read once. */
  @property({ type: Boolean, attribute: 'deep-link' }) deepLink = false;

  /** Sections once opened stay, with all that was typed in them. */
  @state() private opened: readonly string[] = [];

  readonly #provider = new ScopeProvider(this);
  readonly #read: ReadController<Policy> = new ReadController(this, {
    read: ({ client, organizationId }) => sharedPolicy(client, organizationId),
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#handleHashChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#handleHashChange);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { locale, messages } = this.#localize.localizer;
    this.#provider.provide({ ...this.connection, locale, messages });
    const sections = this.#sections;
    if (sections.length === 0) return;
    this.section = (sections.find(({ id }) => id === this.#asked) ?? sections[0])?.id;
    if (this.section && !this.opened.includes(this.section)) this.opened = [...this.opened, this.section];
  }

  get #asked(): string {
    return this.section ?? location.hash.slice(1);
  }

  /** Those that are shown here; links lead elsewhere. */
  get #sections(): Section[] {
    return this.#read.value?.sections.filter((section) => !isLink(section) && hasContent(section)) ?? [];
  }

  /** Before the first policy is there, the section that will most likely be shown begins to read what it needs. */
  get #panels(): readonly string[] {
    const sections = this.#sections;
    if (this.#read.value) return this.opened.filter((opened) => sections.some(({ id }) => id === opened));
    const likely = hasContents(this.#asked) ? this.#asked : 'profile';
    return this.#read.waiting && this.opened.length === 0 ? [likely] : [];
  }

  #select(section: string): boolean {
    if (section === this.section) return true;
    if (!this.dispatchEvent(new ProfileSectionChangeEvent('profile-section-change', section))) return false;
    this.section = section;
    if (this.deepLink) history.replaceState(history.state, '', `#${section}`);
    this.dispatchEvent(new ProfileSectionChangeEvent('profile-section-changed', section));
    return true;
  }

  readonly #handleHashChange = (): void => {
    const section = location.hash.slice(1);
    if (this.deepLink && this.#sections.some(({ id }) => id === section)) this.#select(section);
  };

  /** Of a narrow bar, browsers leave a link half in sight where it is. */
  readonly #handleBarFocused = ({ target }: FocusEvent): void =>
    (target as HTMLElement).scrollIntoView({ block: 'nearest', inline: 'nearest' });

  /** Tabbing through the links has scrolled the bar: whoever goes on sees again where they are. */
  readonly #handleBarLeft = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    const bar = currentTarget as HTMLElement;
    const tab = bar.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
    if (!tab || bar.contains(relatedTarget as Node | null)) return;
    const { left, right } = bar.getBoundingClientRect();
    bar.scrollBy(Math.min(0, tab.left - left) + Math.max(0, tab.right - right), 0);
  };

  async #handleKeydown(event: KeyboardEvent): Promise<void> {
    const sections = this.#sections;
    const at = sections.findIndex(({ id }) => id === this.section);
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const to = {
      [forward]: at + 1,
      [forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight']: at - 1,
      Home: 0,
      End: -1,
    }[event.key];
    const next = to === undefined ? undefined : sections.at(to % sections.length);
    if (!next) return;
    event.preventDefault();
    if (!this.#select(next.id)) return;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }

  override render() {
    const { value: policy } = this.#read;
    return html`
      ${policy ? this.#renderBar(policy) : unreadView('form', 4, this.#read, this.#localize.localizer)}
      ${this.#panels.map((id) => this.#renderPanel(id, policy))}
      ${policy ? html`<slot name="footer"></slot>` : nothing}
    `;
  }

  #renderBar(policy: Policy) {
    return html`
      <slot name="header"></slot>
      <div class="bar" part="bar" @focusin=${this.#handleBarFocused} @focusout=${this.#handleBarLeft}>
        <div
          class="tablist"
          part="tablist"
          role="tablist"
          aria-label=${this.#localize.localizer.text('sections.label')}
          @keydown=${this.#handleKeydown}
        >
          ${this.#sections.map((section) => this.#renderTab(section))}
        </div>
        ${policy.sections.filter(isLink).map((section) => this.#renderLink(section))}
      </div>
    `;
  }

  #renderTab({ id }: Section) {
    const selected = id === this.section;
    return html`<button
      type="button"
      role="tab"
      part="tab"
      id="tab-${id}"
      aria-selected=${selected}
      aria-controls=${selected ? `panel-${id}` : nothing}
      tabindex=${selected ? 0 : -1}
      @click=${() => this.#select(id)}
    >
      ${this.#title(id)}
    </button>`;
  }

  #renderLink({ id, href = '' }: Section) {
    const url = safeUrl(href);
    if (!url) return nothing;
    return html`<a class="link" part="link" href=${url} target="_blank" rel="noopener"
      >${this.#title(id)}${externalIcon}<span class="visually-hidden"
        >(${this.#localize.localizer.text('opensInNewTab')})</span
      ></a
    >`;
  }

  #renderPanel(id: string, policy: Policy | undefined) {
    return html`<div role="tabpanel" part="panel" id="panel-${id}" aria-labelledby="tab-${id}" ?hidden=${!policy || id !== this.section}>
      ${policy && this.#isDenied(id) ? deniedView(policy, this.#localize.localizer) : contentsOf(id, policy)}
    </div>`;
  }

  #isDenied(id: string): boolean {
    return this.#sections.some((section) => section.id === id && section.denied);
  }

  #title(id: string): string {
    return this.#localize.localizer.term('section', id);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'profile-section-change': ProfileSectionChangeEvent;
    'profile-section-changed': ProfileSectionChangeEvent;
  }
}
