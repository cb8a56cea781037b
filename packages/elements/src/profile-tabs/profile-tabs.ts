import type { Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isPresent, property, state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { ScopeProvider } from '../connection/scope.js';
import { AccessController } from '../controllers/access-controller.js';
import { focusedIn } from '../controllers/focus.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ProfilePageSavedEvent, ProfileSectionChangeEvent } from '../events/profile-tabs-events.js';
import { sections as texts } from '../locales/en/sections.js';
import { warnOfMessages } from '../locales/policy-messages.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { deniedView, sectionTitle } from '../views/denied.js';
import { externalLinkView } from '../views/external-link.js';
import { shapesView, loadingOrErrorView } from '../views/skeleton.js';
import { contentsOf, hasContents, headsPage } from './contents.js';
import { PageSave } from './page-save.js';
import { pageSaveView } from './page-save-view.js';
import { styles } from './profile-tabs.styles.js';
import { SectionAddress } from './section-address.js';
import { sectionHeadView } from './section-head.js';
import { revealSelectedTab, tabBarView } from './tab-bar.js';

export { ProfilePageSavedEvent, ProfileSectionChangeEvent } from '../events/profile-tabs-events.js';

type Section = Policy['sections'][number];

const isLink = ({ href }: Section) => href !== undefined;

/** Any value keeps the section in the address; `push` also adds history entries. */
const deepLinkOf = (value: string | null): boolean | 'push' => (value === 'push' ? value : isPresent(value));

/**
 * @tag profile-tabs
 * @summary The whole page: the sections that the policy names, in its order: as tabs, to open and close, or one below the other.
 *
 * @fires {ProfileSectionChangeEvent} profile-section-change - Before another section is shown.
 * @fires {ProfileSectionChangeEvent} profile-section-changed - After another section is shown.
 * @fires {ProfilePageSavedEvent} profile-page-saved - After Save, where the policy has one for the whole page: nothing is left to save.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the sections.
 * @slot footer - Below the sections.
 *
 * @csspart bar - The row of tabs and links.
 * @csspart tablist - The tabs.
 * @csspart tab - One tab.
 * @csspart section - A section, with its title where it has one of its own.
 * @csspart title - The title of a section, where it is not a tab.
 * @csspart toggle - The button in a title that opens and closes the section.
 * @csspart panel - The contents of a section.
 * @csspart links - The links, where there are no tabs beside them.
 * @csspart link - A link to a page of the host.
 * @csspart denied - Why a section is not there.
 * @csspart actions - What saves the whole page.
 * @csspart save - The Save button of the whole page.
 * @csspart saved - What came of it.
 * @csspart problem - Why nothing could be shown.
 */
export class ProfileTabsElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, styles];

  /** The section shown, or opened last; by default the one that the address names, else the first. */
  @property({ reflect: true }) section?: string;

  /**
   * Keeps the section in the address (`#section`). Without it, the address is only read once. The address of the present
   * history entry is replaced, so that Back leaves the page; with `push`, each section shown is an entry of its own, and
   * Back returns to the one before.
   */
  @property({ converter: deepLinkOf, attribute: 'deep-link' }) deepLink: boolean | 'push' = false;

  /** The sections that were shown once: their elements stay, with their drafts. */
  @state() private opened: readonly string[] = [];
  /** The sections that the person has closed. */
  @state() private closed: readonly string[] = [];

  readonly #provider = new ScopeProvider(this);
  readonly #access: AccessController = new AccessController(this, {
    read: async ({ access }) => {
      warnOfMessages((await access).policy);
      return {};
    },
    // The sections of the former organization stay until the new policy is there: they hold what was typed, and their
    // live regions announce the new content.
    keepsValue: true,
    rendersErrors: true,
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(this, texts, () => this.#policy);
  readonly #pageSave: PageSave = new PageSave(this, {
    saved: () => this.dispatchEvent(new ProfilePageSavedEvent()),
    reveal: (form) => this.#reveal(form),
  });
  readonly #address = new SectionAddress();
  /** The section of a history entry whose address names none. */
  #unaddressed: string | undefined;
  /** The section that the last update has shown. */
  #shown: string | undefined;
  /** The section whose tab the bar was last scrolled to. */
  #revealed: string | undefined;
  /** The section that gets the focus after the next update. */
  #sought: string | undefined;

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
    const policy = this.#policy;
    const formGroup = policy?.saving === 'page' ? this.#pageSave : undefined;
    this.#provider.provide({ ...this.connection, locale, messages, formGroup });
    if (!policy) return;
    const sections = this.#sections;
    const found = sections.find(({ id }) => id === this.#asked);
    const shown = found?.id ?? this.#firstIn(policy);
    if (shown === undefined) return;
    // The address leads to a section at first, the host page at any time later. A section that the host names from the
    // start does not get the focus.
    if (found && (this.section === undefined || (this.#shown !== undefined && shown !== this.#shown))) {
      this.#sought = shown;
    }
    if (shown !== this.#shown) this.closed = this.closed.filter((id) => id !== shown);
    this.section = this.#shown = shown;
    // Another element of the page may change the address first.
    if (this.#address.section === '') this.#unaddressed = shown;
    if (!this.opened.includes(shown)) this.opened = [...this.opened, shown];
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const bar = this.renderRoot.querySelector('.bar');
    if (bar && this.section !== this.#revealed) {
      this.#revealed = this.section;
      revealSelectedTab(bar);
    }
    const id = this.#sought;
    if (id === undefined) return;
    this.#sought = undefined;
    const title = this.renderRoot.querySelector<HTMLElement>(`[part="section"] #title-${id}`);
    title?.scrollIntoView?.();
    // Focus is visible even after a click: the person looks for the place that the page has moved to.
    title?.focus({ preventScroll: true, focusVisible: true });
    // The element moves the focus on to a control inside it.
    this.renderRoot.querySelector<HTMLElement>(`#panel-${id} > :last-child`)?.focus({ focusVisible: true });
  }

  get #policy(): Policy | undefined {
    return this.#access.value?.policy;
  }

  get #asked(): string {
    return this.section ?? this.#address.section;
  }

  /** Those that are shown here; links lead elsewhere. */
  get #sections(): Section[] {
    return this.#policy?.sections.filter((section) => !isLink(section) && hasContents(section.id)) ?? [];
  }

  /** Before the first policy is there, the section that will most likely be shown begins to read what it needs. */
  get #ids(): readonly string[] {
    if (this.#policy) return this.#sections.map(({ id }) => id);
    const likely = hasContents(this.#asked) ? this.#asked : 'profile';
    return this.#access.waiting && this.opened.length === 0 ? [likely] : [];
  }

  /** The default section. */
  #firstIn(policy: Policy): string | undefined {
    const sections = this.#sections;
    return (sections.find(({ id }) => !headsPage(id, policy)) ?? sections[0])?.id;
  }

  #isOpen(id: string, policy: Policy): boolean {
    if (policy.layout === 'tabs') return id === this.section;
    return policy.layout === 'page' || !this.closed.includes(id);
  }

  #select(section: string): boolean {
    if (section !== this.section) {
      if (!this.dispatchEvent(new ProfileSectionChangeEvent('profile-section-change', section))) return false;
      this.section = this.#shown = section;
      if (this.deepLink && section !== this.#addressed) this.#address.write(section, this.deepLink === 'push');
      this.dispatchEvent(new ProfileSectionChangeEvent('profile-section-changed', section));
    }
    this.closed = this.closed.filter((id) => id !== section);
    return true;
  }

  #toggle(id: string, policy: Policy): void {
    if (this.#isOpen(id, policy)) this.closed = [...this.closed, id];
    else this.#select(id);
  }

  /** Opens the section that something in it stands in the way of saving. */
  async #reveal(form: Element): Promise<void> {
    const policy = this.#policy;
    const id = form.closest('[part="panel"]')?.id.replace('panel-', '');
    if (id && policy && !this.#isOpen(id, policy)) this.#select(id);
    await this.updateComplete;
  }

  /** The section named in the address; none where the hash names another part of the page. */
  get #addressed(): string | undefined {
    const { section } = this.#address;
    const policy = this.#policy;
    if (section === '' && this.deepLink === 'push' && policy) return this.#unaddressed ?? this.#firstIn(policy);
    return this.#sections.find(({ id }) => id === section)?.id;
  }

  readonly #handleHashChange = (): void => {
    const section = this.#addressed;
    if (!this.deepLink || section === undefined) return;
    const isTabFocused = focusedIn(this)?.matches('[role="tab"]');
    const before = this.section;
    if (!this.#select(section)) return this.#address.refuse(before ?? section);
    this.#address.settle();
    // Focus stays on the tabs while they are used; otherwise it moves to the section that is shown.
    if (isTabFocused)
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#title-${section}`)?.focus());
    else this.#sought = section;
    this.requestUpdate();
  };

  override render() {
    const policy = this.#policy;
    const isShown = policy && !this.#access.error;
    return html`
      ${isShown ? this.#renderTop(policy) : this.#renderUnread()}
      ${repeat(
        this.#ids,
        (id) => id,
        (id) => this.#renderSection(id, policy),
      )}
      ${isShown ? this.#renderBottom(policy) : nothing}
    `;
  }

  /** Tabs, and the section below them that will most likely be shown. */
  #renderUnread() {
    const isList = ['providers', 'api-keys', 'activity'].includes(this.#asked);
    return html`
      ${this.#access.error ? nothing : html`<div class="skeleton tabs">${shapesView(3)}</div>`}
      ${loadingOrErrorView(isList ? 'table list' : 'form', 4, this.#access, this.#localize.localizer)}
    `;
  }

  #renderTop(policy: Policy) {
    const { localizer } = this.#localize;
    return html`
      <slot name="header"></slot>
      ${
        policy.layout === 'tabs'
          ? tabBarView({
              label: localizer.text('sections.label'),
              tabs: this.#sections.map(({ id }) => ({ id, title: sectionTitle(id, policy, localizer) })),
              selected: this.section,
              select: (id) => this.#select(id),
              links: this.#renderLinks(policy),
            })
          : nothing
      }
    `;
  }

  #renderLinks({ sections }: Policy) {
    const { localizer } = this.#localize;
    return sections.filter(isLink).map(({ id, href }) =>
      externalLinkView({
        href,
        label: localizer.term('section', id),
        localizer,
        base: document.baseURI,
        rel: 'noopener',
      }),
    );
  }

  /** One template whatever the layout, and before it is known: what has begun to read goes on. */
  #renderSection(id: string, policy: Policy | undefined) {
    // Where the policy of another organization could not be read, the sections only keep what was typed.
    const isShown = policy !== undefined && !this.#access.error;
    const isOpen = isShown && this.#isOpen(id, policy);
    const isFilled = policy?.layout !== 'tabs' || isOpen || this.opened.includes(id);
    const isDenied = this.#sections.some((section) => section.id === id && section.denied);
    const isHead = policy !== undefined && headsPage(id, policy);
    const isTitled = isShown && policy.layout !== 'tabs' && !isHead;
    const title = policy ? sectionTitle(id, policy, this.#localize.localizer) : '';
    const toggle = isShown && policy.layout === 'sections' ? () => this.#toggle(id, policy) : undefined;
    return html`<div class=${isHead ? 'head' : (policy?.layout ?? '')} part="section">
      ${isTitled ? sectionHeadView({ id, title, isOpen, toggle }) : nothing}
      <div
        role=${policy?.layout === 'tabs' ? 'tabpanel' : 'region'}
        part="panel"
        id="panel-${id}"
        aria-labelledby=${isHead ? nothing : `title-${id}`}
        aria-label=${isHead ? title : nothing}
        ?hidden=${!isOpen}
      >
        ${
          policy && isDenied
            ? deniedView(id, policy, this.#localize.localizer)
            : isFilled
              ? contentsOf(id, policy)
              : nothing
        }
      </div>
    </div>`;
  }

  #renderBottom(policy: Policy) {
    const links = policy.layout === 'tabs' ? [] : this.#renderLinks(policy);
    return html`
      ${policy.saving === 'page' ? pageSaveView(this.#pageSave, this.#localize.localizer) : nothing}
      ${links.length > 0 ? html`<div class="links" part="links">${links}</div>` : nothing}
      <slot name="footer"></slot>
    `;
  }
}
