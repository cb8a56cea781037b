import {
  type Policy,
  type Profile,
  type ProfileField,
  type ProfileFieldPolicy,
  type ProfilePatch,
  VersionStaleError,
} from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { type ComparedField, ConflictController } from '../controllers/conflict-controller.js';
import { checkEmail } from '../controllers/email-check.js';
import { focusedIn } from '../controllers/focus.js';
import { FormController } from '../controllers/form-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { type Person, personReading } from '../controllers/person-reading.js';
import { ReadController } from '../controllers/read-controller.js';
import { SavableController } from '../controllers/savable-controller.js';
import { ProfileSaveEvent } from '../events/profile-save-event.js';
import { conflicts } from '../locales/en/conflicts.js';
import { profile } from '../locales/en/profile.js';
import { avatarStyles } from '../styles/avatar.styles.js';
import { badgeStyles } from '../styles/badge.styles.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { conflictView, savedView, saveView } from '../views/conflict.js';
import { inputView } from '../views/field.js';
import { onKey } from '../views/keyboard.js';
import { avatarView } from '../views/person.js';
import { problemView } from '../views/problem.js';
import { shapesView, unreadView } from '../views/skeleton.js';
import { factsView, readOnlyText, roleText } from './facts.js';
import { styles } from './profile-form.styles.js';

export { ProfileSaveEvent } from '../events/profile-save-event.js';

const textFields = ['firstName', 'lastName', 'email'] as const satisfies readonly ProfileField[];
type TextField = (typeof textFields)[number];

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

  /** The draft: edited values that are not yet saved. */
  @state() private draft: Partial<Record<TextField, string>> = {};
  /** The fields were opened, where the policy has that done explicitly. */
  @state() private editing = false;
  /** Known before the profile: it tells the shape of what is coming. */
  @state() private policy?: Policy;

  readonly #read: ReadController<Person> = new ReadController(this, {
    ...personReading,
    read: (context) => {
      // Its failure is that of the whole reading.
      sharedPolicy(context.client, context.organizationId).then(
        (policy) => (this.policy = policy),
        () => {},
      );
      return personReading.read(context);
    },
    sourceChanged: (isOtherPerson) => {
      if (!isOtherPerson) return;
      this.draft = {};
      this.editing = false;
      this.#form.reset();
      this.#conflict.settle();
    },
  });
  readonly #form: FormController = new FormController(this, checkEmail);
  readonly #conflict: ConflictController<Profile> = new ConflictController(this, {
    compare: (before) => this.#compare(before),
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );

  readonly #savable: SavableController = new SavableController(this, {
    isDirty: () => this.#isDirty,
    save: () => this.#save(),
  });

  constructor() {
    super();
    new LeaveGuardController(this, () => this.#isDirty);
  }

  get #isDirty(): boolean {
    return Object.keys(this.draft).length > 0;
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void (this.#savable.page ?? this.#savable).save();
  };

  /** Where the page's Save is out of reach of the form's own submission. */
  readonly #handleKeydown = onKey(({ key, target }) => {
    if (key === 'Enter' && target instanceof HTMLInputElement) void this.#savable.page?.save();
  });

  async #save(): Promise<boolean> {
    const { client } = this.connection;
    const { value } = this.#read;
    const form = this.renderRoot.querySelector('form');
    if (!client || !value || !form) return !this.#isDirty;
    // Of a whole page, one form may have nothing to send: that only has to be complete.
    if (this.#savable.page && !this.#isDirty) return this.#form.check(form);
    const base = this.#conflict.from(value.profile);
    const sent = this.draft;
    const patch: ProfilePatch = { ...sent };
    const saved = await this.#form.submit(
      form,
      (signal) =>
        this.#conflict.send(
          base,
          ({ version }) => client.profile.update(patch, { version, signal }),
          async () => {
            const profile = await client.profile.get({ signal });
            // A value that was typed back to the stored one is no change.
            this.#drop((field) => this.draft[field] === base[field]);
            this.#read.show({ ...value, profile });
            return profile;
          },
          (now) =>
            textFields.every((field) => [undefined, base[field], now[field]].includes(sent[field])) ? now : undefined,
        ),
      () => this.dispatchEvent(new ProfileSaveEvent('profile-save', { ...value.profile, ...patch })),
    );
    if (!saved) return false;
    this.#drop((field) => this.draft[field] === sent[field]);
    if (this.#isDirty) {
      // Typed while it was sent, and so over what is there now.
      this.#conflict.from(saved);
      this.#form.saved = false;
    }
    // Perhaps of another organization by now.
    const { value: present } = this.#read;
    if (present) this.#read.show({ ...present, profile: saved });
    if (!this.#isDirty) this.#close();
    this.dispatchEvent(new ProfileSaveEvent('profile-saved', saved));
    return !this.#isDirty;
  }

  readonly #open = (): void => {
    this.editing = true;
    this.#form.reset();
    this.#focusOn('input:not([readonly])');
  };

  #close(): void {
    if (!this.editing) return;
    this.editing = false;
    // Focus stays where the person has moved it.
    const isHere = focusedIn(this) ?? document.activeElement === document.body;
    if (isHere) this.#focusOn('[part="edit"]');
  }

  readonly #cancel = (): void => {
    if (this.#form.pending) return;
    this.draft = {};
    this.#form.reset();
    this.#conflict.settle();
    this.#close();
  };

  #focusOn(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  readonly #handleInput = ({ target }: InputEvent): void => {
    const control = target as HTMLInputElement;
    const { name, value } = control;
    if (this.#read.value) this.#conflict.from(this.#read.value.profile);
    this.draft = { ...this.draft, [name]: value };
    this.#form.edited(control);
  };

  readonly #useTheirs = (): void => {
    const { disputed } = this.#conflict;
    this.#drop((field) => disputed.includes(field));
    this.#form.reset();
    this.#conflict.take();
    // Save, which would have it, is the page's.
    if (this.#savable.page) this.#focusOn(`#${disputed[0]}`);
  };

  #drop(isDropped: (field: TextField) => boolean): void {
    this.draft = Object.fromEntries(
      textFields
        .filter((field) => !isDropped(field))
        .flatMap((field) => {
          const text = this.draft[field];
          return text === undefined ? [] : [[field, text]];
        }),
    );
  }

  #compare(before: Profile): readonly ComparedField[] {
    const { value } = this.#read;
    if (!value) return [];
    const { policy, profile } = value;
    return fieldsIn(this.#localize.localizer.locale)
      .filter((field) => policy.profile.fields[field].access !== 'hidden')
      .map((path) => ({
        path,
        label: this.#localize.localizer.text(`profile.${path}`),
        before: before[path],
        now: profile[path],
        mine: this.draft[path],
      }));
  }

  /** Whether fields stand there, rather than facts. */
  #isOpen({ profile: { fields, editing } }: Policy): boolean {
    return (this.editing || editing === 'open') && textFields.some((field) => fields[field].access === 'edit');
  }

  #renderUnread() {
    const { policy } = this;
    const { localizer } = this.#localize;
    if (!policy || this.#read.error) return unreadView('form', 3, this.#read, localizer);
    const { loginName, firstName, lastName, email, role } = policy.profile.fields;
    const isOpen = this.#isOpen(policy);
    const isShown = ({ access }: ProfileFieldPolicy) => access !== 'hidden';
    // Both names are one fact.
    const parts = [firstName, ...(isOpen ? [lastName] : []), email, role].filter(isShown);
    return html`
      ${isShown(loginName) ? html`<div class="skeleton heading">${iconOf(policy)}${shapesView(1)}</div>` : nothing}
      ${unreadView(isOpen ? 'form' : 'facts', parts.length, this.#read, localizer)}
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
        aria-busy=${this.#form.pending}
        @submit=${this.#handleSubmit}
        @input=${this.#handleInput}
        @keydown=${this.#handleKeydown}
      >
        ${isOpen ? this.#renderFields(value) : factsView({ profile, policy, localizer, edit: this.#open })}
        ${conflictView(this.#conflict, localizer)} ${this.#renderProblem()}
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
    const error = this.#form.error(field);
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
      tooLong: this.#form.tooLong(field),
      ...(!isEmail && { capitalize: 'words' }),
      readOnly,
      value: this.draft[field] ?? profile[field],
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

  #renderProblem() {
    const { problem, unplaced } = this.#form;
    return problem && !(problem instanceof VersionStaleError)
      ? problemView({ error: problem, localizer: this.#localize.localizer, keepsInput: true, unplaced })
      : nothing;
  }

  #renderActions(isOpen: boolean) {
    const { localizer } = this.#localize;
    const view = { form: this.#form, conflict: this.#conflict, localizer, useTheirs: this.#useTheirs };
    const { page } = this.#savable;
    // The conflict's own buttons settle it.
    const saves = isOpen && (!page || this.#conflict.isOpen);
    return html`<div class="actions">
      ${saves ? saveView({ ...view, label: localizer.text('save') }) : nothing}
      ${
        this.editing
          ? html`<button type="button" part="cancel" aria-disabled=${this.#form.pending} @click=${this.#cancel}>
              ${localizer.text('cancel')}
            </button>`
          : nothing
      }
      ${savedView(page ? { ...view, form: { saved: false, slow: this.#form.slow } } : view)}
    </div>`;
  }
}
