import { isBlank, type MenuField, type Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { Connected } from '../connection/connected.js';
import { property, state } from '../connection/properties.js';
import { AccessController } from '../controllers/access-controller.js';
import { AvatarController } from '../controllers/avatar-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { type Person, type PersonData, personReading } from '../controllers/person-reading.js';
import { menu as texts } from '../locales/en/menu.js';
import { avatarStyles } from '../styles/avatar.styles.js';
import { badgeStyles } from '../styles/badge.styles.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { menuStyles } from '../styles/menu.styles.js';
import { closeMenu, focusFirstItem, handleMenuBeforeToggle, handleMenuKeydown } from '../views/menu.js';
import { avatarView, personName } from '../views/person.js';
import { problemView } from '../views/problem.js';
import { styles } from './profile-menu.styles.js';

/** What the policy would have the menu say; unless it says so, what the page says too. */
const isShown = ({ profile }: Policy, field: MenuField): boolean =>
  profile.menu ? profile.menu.fields.includes(field) : profile.fields[field].access !== 'hidden';

/** What heads the menu: the login name where that is shown, and is something to see. */
const titleOf = ({ policy, profile }: Person, { locale }: { readonly locale: string }): string =>
  isShown(policy, 'loginName') && !isBlank(profile.loginName) ? profile.loginName : personName(profile, locale);

/**
 * @tag profile-menu
 * @summary Who is signed in, for the header of every page: a picture or a login name, and behind it a menu.
 *
 * The menu button of the ARIA Authoring Practices, https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/.
 *
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot - The host's own entries, links or buttons, after the one to the profile.
 *
 * @csspart button - The button that opens the menu.
 * @csspart avatar - The picture, or what stands in its place.
 * @csspart menu - What opens.
 * @csspart person - Who is signed in.
 * @csspart name - Their name, or their login name.
 * @csspart role - Their role in the active organization.
 * @csspart profile-link - The entry to the profile.
 * @csspart problem - What is shown where they could not be loaded.
 * @csspart retry - The button that loads them again.
 */
export class ProfileMenuElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, menuStyles, badgeStyles, avatarStyles, styles];

  /** Where the profile page is; without it, the menu has no entry for it. */
  @property() href?: string;

  /** An open menu stays open while it is tried again. */
  @state() private retrying = false;

  readonly #read: AccessController<PersonData> = new AccessController(this, {
    ...personReading,
    // Closes the menu that the former person has opened.
    sourceChanged: () => this.#menu?.hidePopover?.(),
  });
  readonly #avatar: AvatarController = new AvatarController(this, () => this.#read.value?.profile);
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]');
  }

  readonly #handleToggle = ({ currentTarget, newState }: ToggleEvent): void => {
    if (newState === 'open') focusFirstItem(currentTarget as HTMLElement);
  };

  /** Whichever entry it was: the host acts on its own. */
  readonly #handleClick = ({ currentTarget, target }: Event): void => {
    if (target !== currentTarget && (target as Element).closest('a, button')) closeMenu(this.#menu);
  };

  /** The host's entries are of this menu, however they are marked up. */
  readonly #handleSlotChange = ({ target }: Event): void => {
    for (const entry of (target as HTMLSlotElement).assignedElements({ flatten: true })) {
      if (!entry.hasAttribute('role')) entry.setAttribute('role', 'menuitem');
      entry.setAttribute('tabindex', '-1');
    }
    this.requestUpdate();
  };

  readonly #retry = async (): Promise<void> => {
    this.retrying = true;
    await this.#read.refresh();
    this.retrying = false;
    await this.updateComplete;
    // The button that had the focus is gone.
    if (this.#menu?.matches(':popover-open')) focusFirstItem(this.#menu);
  };

  override render() {
    const { localizer } = this.#localize;
    const { value, error } = this.#read;
    if (!value && !error && !this.retrying) {
      return html`<div class="skeleton" aria-busy="true">
        <span class="visually-hidden">${localizer.text('loading')}</span>
        <div aria-hidden="true"></div>
      </div>`;
    }
    const hasEntries =
      value !== undefined &&
      (this.href !== undefined || [...this.children].some((entry) => !entry.hasAttribute('hidden')));
    const hasAvatar = value?.policy.profile.fields.avatar.access !== 'hidden';
    return html`
      <button
        type="button"
        part="button"
        popovertarget="menu"
        aria-haspopup=${hasEntries ? 'menu' : 'dialog'}
      >
        <span class="visually-hidden">${value ? this.#label(value) : localizer.text('menu.label')}</span>
        ${avatarView({ src: hasAvatar ? this.#avatar.src : undefined, person: hasAvatar ? value?.profile : undefined })}
        ${value && !hasAvatar && isShown(value.policy, 'loginName') ? html`<bdi aria-hidden="true">${value.profile.loginName}</bdi>` : nothing}
      </button>
      <div
        class="menu"
        part="menu"
        id="menu"
        popover
        role=${hasEntries ? nothing : 'dialog'}
        aria-label=${hasEntries ? nothing : localizer.text('menu.label')}
        @beforetoggle=${handleMenuBeforeToggle}
        @toggle=${this.#handleToggle}
        @keydown=${handleMenuKeydown}
      >
        ${value ? this.#renderPerson(value) : this.#renderUnread()}
        ${this.#renderEntries(hasEntries)}
      </div>
    `;
  }

  #renderEntries(hasEntries: boolean) {
    const { localizer } = this.#localize;
    // The entries are links and buttons: what a key does to them, they tell by a click.
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- see above
    return html`<div
      class="entries"
      role=${hasEntries ? 'menu' : nothing}
      aria-labelledby=${hasEntries ? 'person' : nothing}
      ?hidden=${!this.#read.value}
      @click=${this.#handleClick}
    >
      ${
        this.href === undefined
          ? nothing
          : html`<a part="profile-link" role="menuitem" tabindex="-1" href=${this.href}
              >${localizer.text('menu.profile')}</a
            >`
      }
      <slot @slotchange=${this.#handleSlotChange}></slot>
    </div>`;
  }

  /** Names who is seen there, for those who say what they see. */
  #label(person: Person): string {
    const { localizer } = this.#localize;
    return localizer.text('menu.of', { name: titleOf(person, localizer) });
  }

  #renderUnread() {
    const { localizer } = this.#localize;
    const { error } = this.#read;
    return error
      ? problemView({ error, localizer, retry: this.#retry })
      : html`<p class="person" role="status">${localizer.text('loading')}</p>`;
  }

  #renderPerson({ policy, profile }: Person) {
    const { localizer } = this.#localize;
    const name = personName(profile, localizer.locale);
    const { organization } = policy;
    const title = titleOf({ policy, profile }, localizer);
    return html`<div class="person" part="person" id="person">
      <strong part="name"><bdi>${title}</bdi></strong>
      ${title === name ? nothing : html`<span><bdi>${name}</bdi></span>`}
      ${isShown(policy, 'email') && profile.email !== title ? html`<small><bdi>${profile.email}</bdi></small>` : nothing}
      ${
        isShown(policy, 'role') && organization
          ? html`<span class="badge role" part="role">${localizer.term('role', organization.role)}</span>`
          : nothing
      }
    </div>`;
  }
}
