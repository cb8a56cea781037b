import { type Profile, visibleText } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { looksLikeKey } from '../controllers/key-check.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { OrganizationChangeEvent } from '../events/organization-change-event.js';
import { alertIcon, checkIcon, chevronIcon } from '../icons/icons.js';
import { organizations as texts } from '../locales/en/organizations.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { onKey } from '../views/keyboard.js';
import { skeletonView } from '../views/skeleton.js';
import { styles } from './organization-select.styles.js';

export { OrganizationChangeEvent } from '../events/organization-change-event.js';

type Organization = Profile['organizations'][number];

/**
 * @tag organization-select
 * @summary Chooses the active organization: as light as a native select with a few, searched by typing with many.
 *
 * The combobox of the ARIA Authoring Practices, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: focus stays in the
 * input, the list follows. A person in one organization has nothing to choose and sees its name.
 *
 * @fires {OrganizationChangeEvent} organization-change - Before another is active; `preventDefault()` keeps the present.
 * @fires {OrganizationChangeEvent} organization-changed - After another is active: the host tells the other elements.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @csspart input - The combobox.
 * @csspart name - The name of the only organization.
 * @csspart listbox - The list of organizations.
 * @csspart option - An organization in the list.
 * @csspart problem - What is shown where they could not be loaded.
 * @csspart retry - The button that loads them again.
 */
export class OrganizationSelectElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, styles];

  @state() private isOpen = false;
  /** The search text, once edited. */
  @state() private query: string | undefined;
  /** A token or key was pasted, and removed. */
  @state() private hasRemovedKey = false;
  /** The id of the option that Enter would choose. */
  @state() private activeId: string | undefined;

  readonly #read: ReadController<Profile> = new ReadController(this, {
    read: ({ client, signal }) => client.profile.get({ signal }),
    isOrganizationIndependent: true,
    sourceChanged: (isOtherPerson) => {
      this.#close();
      if (isOtherPerson && this.organizationId === this.#chosen) this.removeAttribute('organization-id');
    },
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(this, texts);

  /** Made once for each organization, as there may be thousands. */
  readonly #visibleNames = new WeakMap<Organization, string>();

  /** The organization that was chosen here, rather than by the host. */
  #chosen: string | undefined;

  protected override updated(changed: PropertyValues): void {
    if (changed.has('isOpen') && this.isConnected)
      this.renderRoot.querySelector<HTMLElement>('[popover]')?.togglePopover?.(this.isOpen);
    if (changed.has('activeId')) this.#activeOption?.scrollIntoView?.({ block: 'nearest' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  get #organizations(): readonly Organization[] {
    return this.#read.value?.organizations ?? [];
  }

  /** The active one; by default the person's first. */
  get #present(): Organization | undefined {
    const { organizationId } = this.connection;
    return this.#organizations.find(({ id }) => id === (organizationId ?? this.#organizations[0]?.id));
  }

  get #matches(): readonly Organization[] {
    const { locale } = this.#localize.localizer;
    const wanted = visibleText(this.query ?? '').toLocaleLowerCase(locale);
    return this.#organizations.filter((organization) =>
      this.#visibleName(organization).toLocaleLowerCase(locale).includes(wanted),
    );
  }

  #visibleName(organization: Organization): string {
    const known = this.#visibleNames.get(organization) ?? visibleText(organization.name);
    this.#visibleNames.set(organization, known);
    return known;
  }

  get #activeOption(): HTMLElement | undefined {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="option"]')].find(
      ({ dataset }) => dataset.id === this.activeId,
    );
  }

  #open(activeId = this.#present?.id): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.activeId = activeId;
    this.renderRoot.querySelector('input')?.select();
  }

  readonly #close = (): void => {
    this.isOpen = false;
    this.query = undefined;
    this.hasRemovedKey = false;
    this.activeId = undefined;
  };

  #choose(id: string | undefined): void {
    this.#close();
    if (id === undefined || id === this.#present?.id) return;
    if (!this.dispatchEvent(new OrganizationChangeEvent('organization-change', id))) return;
    // An attribute, as the host's own markup has it.
    this.setAttribute('organization-id', id);
    this.#chosen = id;
    this.dispatchEvent(new OrganizationChangeEvent('organization-changed', id));
  }

  #move(to: number): void {
    const matches = this.#matches;
    this.activeId = matches.at(to % matches.length)?.id;
  }

  readonly #handleInput = ({ target }: InputEvent): void => {
    const input = target as HTMLInputElement;
    this.hasRemovedKey = looksLikeKey(input.value);
    if (this.hasRemovedKey) input.value = '';
    this.query = input.value;
    this.isOpen = true;
    this.activeId = this.#matches[0]?.id;
  };

  readonly #handleClick = (): void => {
    if (this.isOpen && this.query === undefined) this.#close();
    else this.#open();
  };

  readonly #handleKeydown = onKey((event) => {
    if (event.ctrlKey || event.metaKey) return;
    if (this.#handledKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });

  #handledKey({ key, altKey }: KeyboardEvent): boolean {
    const { isOpen } = this;
    const at = this.#matches.findIndex(({ id }) => id === this.activeId);
    if (!isOpen) {
      if (!['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(key)) return false;
      this.#open();
      return true;
    }
    switch (key) {
      case 'ArrowDown':
        if (!altKey) this.#move(at + 1);
        return true;
      case 'ArrowUp':
        if (altKey) this.#choose(this.activeId);
        else this.#move(at < 0 ? -1 : at - 1);
        return true;
      case 'Home':
        this.#move(0);
        return true;
      case 'End':
        this.#move(-1);
        return true;
      case 'Enter':
        this.#choose(this.activeId);
        return true;
      case 'Escape':
        this.#close();
        return true;
      default:
        return false;
    }
  }

  override render() {
    const { localizer } = this.#localize;
    const { value, error, refresh } = this.#read;
    if (!value && error) {
      return html`<span class="failed" part="problem">
        <span role="alert">${alertIcon}${localizer.text('organization.failed')}</span>
        <button type="button" part="retry" @click=${refresh}>${localizer.text('retry')}</button>
      </span>`;
    }
    if (!value) return skeletonView('block', 1, localizer, this.#read);
    const organizations = this.#organizations;
    if (organizations.length > 1) return this.#renderChooser();
    return html`<span class="name" part="name"
      ><span class="visually-hidden">${localizer.text('organization.label')}: </span>${html`<bdi>${organizations[0]?.name ?? localizer.text('organization.none')}</bdi>`}</span
    >`;
  }

  #renderChooser() {
    const { localizer } = this.#localize;
    const { isOpen, query } = this;
    const matches = this.#matches;
    const active = matches.findIndex(({ id }) => id === this.activeId);
    return html`
      <span class="box">
        <input
          part="input"
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          enterkeyhint="done"
          aria-label=${localizer.text('organization.label')}
          aria-autocomplete="list"
          aria-expanded=${isOpen}
          aria-controls="organizations"
          aria-activedescendant=${isOpen && active >= 0 ? `organization-${active}` : nothing}
          placeholder=${localizer.text('organization.choose')}
          .value=${query ?? this.#present?.name ?? ''}
          @input=${this.#handleInput}
          @click=${this.#handleClick}
          @keydown=${this.#handleKeydown}
          @blur=${this.#close}
        />
        ${chevronIcon}
      </span>
      <div popover="manual" @mousedown=${(event: Event) => event.preventDefault()}>
        <div part="listbox" role="listbox" id="organizations" aria-label=${localizer.text('organization.label')}>
          ${matches.map((organization, index) => this.#renderOption(organization, index))}
        </div>
        ${this.hasRemovedKey ? html`<p class="no-match note error">${localizer.text('removedKey')}</p>` : nothing}
        ${matches.length === 0 ? html`<p class="no-match muted">${localizer.text('organization.noMatch', { q: query ?? '' })}</p>` : nothing}
      </div>
      <span class="visually-hidden" role="status"
        >${isOpen && query !== undefined ? this.#countText(matches.length, query) : nothing}</span
      >
    `;
  }

  #countText(count: number, q: string): string {
    const { localizer } = this.#localize;
    if (this.hasRemovedKey) return localizer.text('removedKey');
    return count === 0 ? localizer.text('organization.noMatch', { q }) : localizer.counted('organization.count', count);
  }

  #renderOption({ id, name, role }: Organization, index: number) {
    const isPresent = id === this.#present?.id;
    // The keyboard is the combobox's, where the focus stays.
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- the keys go to the combobox, which has the focus
    return html`<div
      part="option"
      role="option"
      id="organization-${index}"
      data-id=${id}
      class=${id === this.activeId ? 'active' : ''}
      aria-selected=${isPresent}
      @click=${() => this.#choose(id)}
      @pointermove=${() => {
        this.activeId = id;
      }}
    >
      <bdi>${name}</bdi>
      <small>${this.#localize.localizer.term('role', role)}</small>
      ${isPresent ? checkIcon : nothing}
    </div>`;
  }
}
