import type { Policy, Profile, ProfileField, ProfileFieldPolicy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { AccessController } from '../controllers/access-controller.js';
import type { ComparedField } from '../controllers/conflict-controller.js';
import { EditController } from '../controllers/edit-controller.js';
import { checkEmail } from '../controllers/email-check.js';
import { focusedIn } from '../controllers/focus.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { type Person, type PersonData, personReading } from '../controllers/person-reading.js';
import { ProfileSaveEvent } from '../events/profile-save-event.js';
import { conflicts } from '../locales/en/conflicts.js';
import { profile } from '../locales/en/profile.js';
import { avatarStyles } from '../styles/avatar.styles.js';
import { badgeStyles } from '../styles/badge.styles.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { obstacleView, savedView, saveView } from '../views/conflict.js';
import { inputView } from '../views/field.js';
import { onKey } from '../views/keyboard.js';
import { avatarView } from '../views/person.js';
import { shapesView, loadingOrErrorView } from '../views/skeleton.js';
import { factsView, readOnlyText, roleText } from './facts.js';
import { styles } from './profile-form.styles.js';

export { ProfileSaveEvent } from '../events/profile-save-event.js';

const textFields = ['firstName', 'lastName', 'email'] as const satisfies readonly ProfileField[];
type TextField = (typeof textFields)[number];
type ProfileDraft = Pick<Profile, TextField>;

/** Languages in which people write the family name first. */
const familyNameFirst = ['ja', 'zh', 'ko', 'hu', 'vi'];

/** The fields in the order in which people of that language expect them. */
const fieldsIn = (locale: string): readonly TextField[] =>
  familyNameFirst.includes(new Intl.Locale(locale).language) ? ['lastName', 'firstName', 'email'] : textFields;

const autocomplete = {
  firstName: 'given-name',
  lastName: 'family-name',
  email: 'email',
} as const;

/** Above the login name; where there are pictures, the person's own stands there. */
const iconOf = ({ profile: { fields } }: Policy) =>
  fields.avatar.access === 'hidden' ? avatarView({ src: undefined }) : nothing;

const texts = { ...profile, ...conflicts };

/**
 * @tag profile-form
 * @summary A person's names, e-mail address and role, as the policy lets them be seen and changed.
 *
 * @fires {ProfileSaveEvent} profile-save - Before saving; `preventDefault()` keeps it from being saved.
 * @fires {ProfileSaveEvent} profile-saved - After saving.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the form.
 * @slot footer - Below the form.
 *
 * @csspart avatar - The icon above the login name, where there are no pictures.
 * @csspart heading - The login name, above the form.
 * @csspart form - The form.
 * @csspart facts - What can only be read, or not until Edit is pressed.
 * @csspart edit - The button that opens the fields.
 * @csspart value - A value among these.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart help - What explains a field.
 * @csspart error - What is wrong with a field.
 * @csspart problem - What went wrong beyond a field.
 * @csspart changes - What somebody else has changed meanwhile.
 * @csspart use-theirs - The button that takes that.
 * @csspart save - The Save button; where the page has one for all its forms, there is none here.
 * @csspart cancel - The button that drops what was typed, and closes the fields again.
 * @csspart saved - What says that it was saved.
 */
export class ProfileFormElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, badgeStyles, avatarStyles, styles];

  /** The fields were opened, where the policy has that done explicitly. */
  @state() private editing = false;
  /** Known before the profile: it tells the shape of what is coming. */
  @state() private policy?: Policy;

  readonly #read: AccessController<PersonData> = new AccessController(this, {
    ...personReading,
    read: (context) => {
      context.access.then(
        ({ policy }) => (this.policy = policy),
        // Without a policy, the whole read fails, and its error is shown.
        () => {},
      );
      return personReading.read(context);
    },
    sourceChanged: (isOtherPerson) => {
      if (!isOtherPerson) return;
      this.editing = false;
      this.#edit.reset();
    },
  });
  readonly #edit: EditController<Profile, ProfileDraft> = new EditController(this, {
    stored: () => this.#read.value?.profile,
    show: (profile) => {
      const { value } = this.#read;
      if (value) this.#read.show({ ...value, profile });
    },
    load: (_, { client, signal }) => client.profile.get({ signal }),
    update: ({ version }, { client, draft, signal }) => client.profile.update(draft, { version, signal }),
    compare: (before, now) => this.#compare(before, now),
    maySave: (draft, profile) =>
      profile !== undefined && this.dispatchEvent(new ProfileSaveEvent('profile-save', { ...profile, ...draft })),
    onSaved: (profile) => {
      if (!this.#edit.isDirty) this.#close();
      this.dispatchEvent(new ProfileSaveEvent('profile-saved', profile));
    },
    check: checkEmail,
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );

  /** Where the page's Save is out of reach of the form's own submission. */
  readonly #handleKeydown = onKey(({ key, target }) => {
    if (key === 'Enter' && target instanceof HTMLInputElement) void this.#edit.formGroup?.save();
  });

  readonly #open = (): void => {
    this.editing = true;
    this.#edit.form.reset();
    this.#edit.focusOn('input:not([readonly])');
  };

  #close(): void {
    if (!this.editing) return;
    this.editing = false;
    // Focus stays where the person has moved it.
    const isHere = focusedIn(this) ?? document.activeElement === document.body;
    if (isHere) this.#edit.focusOn('#edit');
  }

  readonly #cancel = (): void => {
    if (this.#edit.form.pending) return;
    this.#edit.reset();
    this.#close();
  };

  #compare(before: Profile, now: Profile): readonly ComparedField[] {
    const { localizer } = this.#localize;
    const fields = this.#read.value?.policy.profile.fields;
    return fieldsIn(localizer.locale)
      .filter((field) => fields?.[field].access !== 'hidden')
      .map((path) => ({
        path,
        label: localizer.text(`profile.${path}`),
        before: before[path],
        now: now[path],
        mine: this.#edit.draft[path],
      }));
  }

  /** Whether fields stand there, rather than facts. */
  #isOpen({ profile: { fields, editing } }: Policy): boolean {
    return (this.editing || editing === 'open') && textFields.some((field) => fields[field].access === 'edit');
  }

  #renderUnread() {
    const { policy } = this;
    const { localizer } = this.#localize;
    if (!policy || this.#read.error) return loadingOrErrorView('form', 3, this.#read, localizer);
    const { loginName, firstName, lastName, email, role } = policy.profile.fields;
    const isOpen = this.#isOpen(policy);
    const isShown = ({ access }: ProfileFieldPolicy) => access !== 'hidden';
    // Both names are one fact.
    const parts = [firstName, ...(isOpen ? [lastName] : []), email, role].filter(isShown);
    return html`
      ${isShown(loginName) ? html`<div class="skeleton heading">${iconOf(policy)}${shapesView(1)}</div>` : nothing}
      ${loadingOrErrorView(isOpen ? 'form' : 'facts', parts.length, this.#read, localizer)}
    `;
  }

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return this.#renderUnread();
    const { policy, profile } = value;
    const { fields } = policy.profile;
    const isEditable = textFields.some((field) => fields[field].access === 'edit');
    const isOpen = this.#isOpen(policy);
    return html`
      <slot name="header"></slot>
      ${fields.loginName.access === 'hidden' ? nothing : this.#renderLoginName(value)}
      <form
        part="form"
        novalidate
        aria-busy=${this.#edit.form.pending}
        @submit=${this.#edit.handleSubmit}
        @input=${this.#edit.handleInput}
        @keydown=${this.#handleKeydown}
      >
        ${isOpen ? this.#renderFields(value) : factsView({ profile, policy, localizer, edit: this.#open })}
        ${obstacleView(this.#edit, localizer)}
        ${isEditable ? this.#renderActions(isOpen) : nothing}
      </form>
      <slot name="footer"></slot>
    `;
  }

  #renderLoginName({ policy, profile }: Person) {
    return html`${iconOf(policy)}
      <h2 part="heading"><bdi>${profile.loginName}</bdi></h2>`;
  }

  #renderFields({ policy, profile }: Person) {
    const { fields } = policy.profile;
    return html`
      ${fieldsIn(this.#localize.localizer.locale).map((field) => this.#renderField(field, fields[field], profile))}
      ${fields.role.access === 'hidden' ? nothing : this.#renderRole(fields.role, policy)}
    `;
  }

  #renderField(field: TextField, { access, required, managedBy }: ProfileFieldPolicy, profile: Profile) {
    const { localizer } = this.#localize;
    if (access === 'hidden') return nothing;
    const { form, draft } = this.#edit;
    const error = form.error(field);
    const readOnly = access === 'read';
    const isEmail = field === 'email';
    return inputView({
      id: field,
      label: localizer.text(`profile.${field}`),
      requirement: required && !readOnly ? 'required' : undefined,
      help: readOnly ? readOnlyText(managedBy, localizer) : undefined,
      error: error === 'format' && isEmail ? 'email' : error,
      localizer,
      type: isEmail ? 'email' : 'text',
      autocomplete: autocomplete[field],
      maxLength: isEmail ? 254 : 100,
      tooLong: form.tooLong(field),
      ...(!isEmail && { capitalize: 'words' }),
      readOnly,
      value: draft[field] ?? profile[field],
    });
  }

  #renderRole({ managedBy }: ProfileFieldPolicy, policy: Policy) {
    const { localizer } = this.#localize;
    return inputView({
      id: 'role',
      label: localizer.text('profile.role'),
      help: readOnlyText(managedBy, localizer),
      localizer,
      readOnly: true,
      value: roleText(policy, localizer),
    });
  }

  #renderActions(isOpen: boolean) {
    const { localizer } = this.#localize;
    return html`<div class="actions">
      ${isOpen ? saveView(this.#edit, localizer) : nothing}
      ${
        this.editing
          ? html`<button type="button" part="cancel" aria-disabled=${this.#edit.form.pending} @click=${this.#cancel}>
              ${localizer.text('cancel')}
            </button>`
          : nothing
      }
      ${savedView(this.#edit, localizer)}
    </div>`;
  }
}
