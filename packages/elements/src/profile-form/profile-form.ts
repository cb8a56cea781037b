import {
  type Policy,
  type Profile,
  type ProfileField,
  type ProfileFieldPolicy,
  type ProfilePatch,
  VersionStaleError,
} from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { Connected } from '../connection/connected.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { FormController } from '../controllers/form-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { checkIcon } from '../icons/icons.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { describedBy, fieldView } from '../views/field.js';
import { problemView } from '../views/problem.js';
import { roleName } from '../views/role.js';
import { formSkeletonView } from '../views/skeleton.js';
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

/**
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
 * @csspart save - The Save button.
 * @csspart saved - What says that it was saved.
 */
export class ProfileFormElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, styles];

  /** What was typed and not yet saved. */
  @state() private draft: Partial<Record<TextField, string>> = {};

  readonly #read = new ReadController<{ policy: Policy; profile: Profile }>(this, {
    read: async ({ client, organizationId, signal }) => {
      const [policy, profile] = await Promise.all([
        sharedPolicy(client, organizationId),
        client.profile.get({ signal }),
      ]);
      return { policy, profile };
    },
    refreshOn: ({ operationId }) => operationId === 'updateProfile',
  });
  readonly #form = new FormController(this);
  readonly #localize = new LocalizeController(this, () => this.#read.value?.policy);

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
    const { profile } = value;
    const patch: ProfilePatch = { ...this.draft };
    const saved = await this.#form.submit(
      event.currentTarget as HTMLFormElement,
      (signal) => client.profile.update(patch, { version: profile.version, signal }),
      () => this.dispatchEvent(new ProfileSaveEvent('profile-save', { ...profile, ...patch })),
    );
    if (!saved) return this.reportLapse(this.#form.problem);
    this.draft = {};
    this.#read.show({ ...value, profile: saved });
    this.dispatchEvent(new ProfileSaveEvent('profile-saved', saved));
  }

  #handleInput(field: TextField, event: InputEvent): void {
    this.draft = { ...this.draft, [field]: (event.target as HTMLInputElement).value };
    this.#form.edited(field);
  }

  override render() {
    const { localizer } = this.#localize;
    const { value, error } = this.#read;
    if (!value) {
      return error
        ? problemView({ error, localizer, retry: () => void this.#read.refresh() })
        : formSkeletonView(3, localizer);
    }
    const { policy, profile } = value;
    const { fields } = policy.profile;
    const editable = textFields.some((field) => fields[field].access === 'edit');
    return html`
      <slot name="header"></slot>
      <form part="form" novalidate aria-busy=${this.#form.pending} @submit=${this.#handleSubmit}>
        ${textFields.map((field) => this.#renderField(field, fields[field], profile))}
        ${fields.role.access === 'hidden' ? nothing : this.#renderRole(fields.role, policy)}
        ${this.#form.problem ? this.#renderProblem() : nothing} ${editable ? this.#renderActions() : nothing}
      </form>
      <slot name="footer"></slot>
    `;
  }

  #renderField(field: TextField, { access, required, managedBy }: ProfileFieldPolicy, profile: Profile) {
    const { localizer } = this.#localize;
    if (access === 'hidden') return nothing;
    const error = this.#form.error(field);
    const readOnly = access === 'read';
    return fieldView({
      id: field,
      label: localizer.text(`profile.${field}`),
      requirement: required && !readOnly ? 'required' : undefined,
      help: readOnly ? localizer.text(managedBy ? `profile.managedBy.${managedBy}` : 'profile.readOnly') : undefined,
      error: error === 'format' && field === 'email' ? 'email' : error,
      localizer,
      control: html`<input
        id=${field}
        name=${field}
        part="input"
        type=${field === 'email' ? 'email' : 'text'}
        autocomplete=${autocomplete[field]}
        maxlength=${field === 'email' ? 254 : 100}
        ?required=${required && !readOnly}
        ?readonly=${readOnly}
        aria-describedby=${describedBy(field)}
        aria-invalid=${error ? 'true' : 'false'}
        .value=${live(this.draft[field] ?? profile[field])}
        @input=${(event: InputEvent) => this.#handleInput(field, event)}
      />`,
    });
  }

  #renderRole({ managedBy }: ProfileFieldPolicy, { organization }: Policy) {
    const { localizer } = this.#localize;
    return fieldView({
      id: 'role',
      label: localizer.text('profile.role'),
      help: localizer.text(managedBy ? `profile.managedBy.${managedBy}` : 'profile.readOnly'),
      localizer,
      control: html`<input
        id="role"
        part="input"
        type="text"
        readonly
        aria-describedby=${describedBy('role')}
        .value=${organization ? roleName(organization.role, localizer) : localizer.text('profile.noRole')}
      />`,
    });
  }

  #renderProblem() {
    const { problem } = this.#form;
    const retry = problem instanceof VersionStaleError ? () => void this.#loadPresent() : undefined;
    return problemView({ error: problem, localizer: this.#localize.localizer, retry, keepsInput: true });
  }

  /** What was typed stays over what is there now. */
  async #loadPresent(): Promise<void> {
    this.#form.reset();
    await this.#read.refresh();
  }

  #renderActions() {
    const { localizer } = this.#localize;
    const { pending, saved } = this.#form;
    return html`<div class="actions">
      <button class="primary" part="save" ?disabled=${pending}>${localizer.text(pending ? 'saving' : 'save')}</button>
      <span role="status" class="saved" part="saved">${saved ? html`${checkIcon}${localizer.text('saved')}` : nothing}</span>
    </div>`;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'profile-save': ProfileSaveEvent;
    'profile-saved': ProfileSaveEvent;
  }
}
