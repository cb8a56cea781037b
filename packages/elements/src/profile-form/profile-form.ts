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
import { FormController } from '../controllers/form-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { conflicts } from '../locales/en/conflicts.js';
import { profile } from '../locales/en/profile.js';
import { roles } from '../locales/en/roles.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { conflictView, savedView, saveView } from '../views/conflict.js';
import { inputView } from '../views/field.js';
import { problemView } from '../views/problem.js';
import { unreadView } from '../views/skeleton.js';
import { styles } from './profile-form.styles.js';

const textFields = ['loginName', 'firstName', 'lastName', 'email'] as const satisfies readonly ProfileField[];
type TextField = (typeof textFields)[number];

const autocomplete = {
  loginName: 'username',
  firstName: 'given-name',
  lastName: 'family-name',
  email: 'email',
} as const;

/** `profile-save` before a profile is saved, cancelable; `profile-saved` after. */
export class ProfileSaveEvent extends Event {
  /** As it would be, or is now. */
  readonly profile: Profile;

  constructor(type: 'profile-save' | 'profile-saved', profile: Profile) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'profile-save' });
    this.profile = profile;
  }
}

const texts = { ...profile, ...roles, ...conflicts };

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
 * @csspart form - The form.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart help - What explains a field.
 * @csspart error - What is wrong with a field.
 * @csspart problem - What went wrong beyond a field.
 * @csspart changes - What somebody else has changed meanwhile.
 * @csspart use-theirs - The button that takes that.
 * @csspart save - The Save button.
 * @csspart saved - What says that it was saved.
 */
export class ProfileFormElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, styles];

  /** What was typed and not yet saved. */
  @state() private draft: Partial<Record<TextField, string>> = {};

  readonly #read: ReadController<{ policy: Policy; profile: Profile }> = new ReadController(this, {
    read: async ({ client, organizationId, signal }) => {
      const [policy, profile] = await Promise.all([
        sharedPolicy(client, organizationId),
        client.profile.get({ signal }),
      ]);
      return { policy, profile };
    },
    refreshOn: ({ operationId }) => operationId === 'updateProfile',
    sourceChanged: (isOtherPerson) => {
      if (!isOtherPerson) return;
      this.draft = {};
      this.#form.reset();
      this.#conflict.settle();
    },
  });
  readonly #form: FormController = new FormController(this);
  readonly #conflict: ConflictController<Profile> = new ConflictController(this, {
    compare: (before) => this.#compare(before),
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );

  constructor() {
    super();
    new LeaveGuardController(this, () => this.#isDirty);
  }

  get #isDirty(): boolean {
    return Object.keys(this.draft).length > 0;
  }

  async #handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { client } = this.connection;
    const { value } = this.#read;
    if (!client || !value) return;
    const base = this.#conflict.from(value.profile);
    const sent = this.draft;
    const patch: ProfilePatch = { ...sent };
    const saved = await this.#form.submit(
      event.currentTarget as HTMLFormElement,
      (signal) =>
        this.#conflict.send(
          base,
          () => client.profile.update(patch, { version: base.version, signal }),
          async () => {
            const profile = await client.profile.get({ signal });
            // What was typed over and then back again is nobody's change.
            this.#drop((field) => this.draft[field] === base[field]);
            this.#read.show({ ...value, profile });
            return profile;
          },
          (now) =>
            textFields.every((field) => [undefined, base[field], now[field]].includes(sent[field])) ? now : undefined,
        ),
      () => this.dispatchEvent(new ProfileSaveEvent('profile-save', { ...value.profile, ...patch })),
    );
    if (!saved) return;
    this.#drop((field) => this.draft[field] === sent[field]);
    if (this.#isDirty) {
      // Typed while it was sent, and so over what is there now.
      this.#conflict.from(saved);
      this.#form.saved = false;
    }
    // Perhaps of another organization by now.
    const { value: present } = this.#read;
    if (present) this.#read.show({ ...present, profile: saved });
    this.dispatchEvent(new ProfileSaveEvent('profile-saved', saved));
  }

  #handleInput({ target }: InputEvent): void {
    const { name, value } = target as HTMLInputElement;
    if (this.#read.value) this.#conflict.from(this.#read.value.profile);
    this.draft = { ...this.draft, [name]: value };
    this.#form.edited(name);
  }

  readonly #useTheirs = (): void => {
    const { disputed } = this.#conflict;
    this.#drop((field) => disputed.includes(field));
    this.#form.reset();
    this.#conflict.take();
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
    return textFields
      .filter((field) => policy.profile.fields[field].access !== 'hidden')
      .map((path) => ({
        path,
        label: this.#localize.localizer.text(`profile.${path}`),
        before: before[path],
        now: profile[path],
        mine: this.draft[path],
      }));
  }

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return unreadView('form', 3, this.#read, localizer);
    const { policy, profile } = value;
    const { fields } = policy.profile;
    const editable = textFields.some((field) => fields[field].access === 'edit');
    return html`
      <slot name="header"></slot>
      <form part="form" novalidate aria-busy=${this.#form.pending} @submit=${this.#handleSubmit} @input=${this.#handleInput}>
        ${textFields.map((field) => this.#renderField(field, fields[field], profile))}
        ${fields.role.access === 'hidden' ? nothing : this.#renderRole(fields.role, policy)}
        ${conflictView(this.#conflict, localizer)} ${this.#renderProblem()}
        ${editable ? this.#renderActions() : nothing}
      </form>
      <slot name="footer"></slot>
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
      help: readOnly ? this.#readOnlyText(managedBy) : undefined,
      error: error === 'format' && isEmail ? 'email' : error,
      localizer,
      type: isEmail ? 'email' : 'text',
      autocomplete: autocomplete[field],
      maxLength: isEmail ? 254 : 100,
      readOnly,
      value: this.draft[field] ?? profile[field],
    });
  }

  #renderRole({ managedBy }: ProfileFieldPolicy, { organization }: Policy) {
    const { localizer } = this.#localize;
    return inputView({
      id: 'role',
      label: localizer.text('profile.role'),
      help: this.#readOnlyText(managedBy),
      localizer,
      readOnly: true,
      value: organization ? localizer.term('role', organization.role) : localizer.text('profile.noRole'),
    });
  }

  #readOnlyText(managedBy: ProfileFieldPolicy['managedBy']) {
    return this.#localize.localizer.text(managedBy ? `profile.managedBy.${managedBy}` : 'profile.readOnly');
  }

  #renderProblem() {
    const { problem } = this.#form;
    return problem && !(problem instanceof VersionStaleError)
      ? problemView({ error: problem, localizer: this.#localize.localizer, keepsInput: true })
      : nothing;
  }

  #renderActions() {
    const { localizer } = this.#localize;
    const view = { form: this.#form, conflict: this.#conflict, localizer, useTheirs: this.#useTheirs };
    return html`<div class="actions">${saveView({ ...view, label: localizer.text('save') })}${savedView(view)}</div>`;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'profile-save': ProfileSaveEvent;
    'profile-saved': ProfileSaveEvent;
  }
}
