import {
  type ApiKey,
  ApiError,
  createIdempotencyKey,
  type NewApiKey,
  type OwnerKind,
  type Policy,
  type Secret,
} from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { mayManage, ownedResources } from '../connection/owned-resources.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { FormController } from '../controllers/form-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { plusIcon } from '../icons/icons.js';
import { apiKey } from '../locales/en/api-key.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { keysDeniedView } from '../views/denied.js';
import { dialogView } from '../views/dialog.js';
import { noticeView, problemView } from '../views/problem.js';
import { discardView } from '../views/question.js';
import { slowView, unreadView } from '../views/skeleton.js';
import { styles } from './api-key-create.styles.js';
import { fieldsView } from './fields.js';
import { mayHaveCreated, requestOf } from './request.js';

/** Before a key is created; `preventDefault()` keeps it from being created. */
export class ApiKeyCreateEvent extends Event {
  readonly request: NewApiKey;

  constructor(request: NewApiKey) {
    super('api-key-create', { bubbles: true, composed: true, cancelable: true });
    this.request = request;
  }
}

/** After a key is created. Its value is for the person's eyes alone, and not in here. */
export class ApiKeyCreatedEvent extends Event {
  readonly apiKey: ApiKey;

  constructor(apiKey: ApiKey) {
    super('api-key-created', { bubbles: true, composed: true });
    this.apiKey = apiKey;
  }
}

type Offer = Policy & { apiKeys: NonNullable<Policy['apiKeys']> };

const contentsOf = (form: HTMLFormElement) => JSON.stringify([...new FormData(form)]);

/**
 * @tag api-key-create
 * @summary A button, a dialog that asks what the policy asks of a new key, and then the key's value, once.
 *
 * @fires {ApiKeyCreateEvent} api-key-create - Before a key is created.
 * @fires {ApiKeyCreatedEvent} api-key-created - After a key is created.
 * @fires {SecretRevealEvent} secret-copied - Its value is on the clipboard.
 * @fires {SecretRevealEvent} secret-copy-failed - The clipboard refused, or there is none.
 * @fires {SecretRevealEvent} secret-dismiss - Before its value goes; `preventDefault()` keeps it on show.
 * @fires {SecretRevealEvent} secret-dismissed - Its value is gone.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 * @fires {Event} close - The dialog has closed; does not bubble.
 *
 * @csspart button - What opens the dialog.
 * @csspart dialog - The dialog.
 * @csspart dialog-title - The dialog's title.
 * @csspart form - The form in the dialog.
 * @csspart owner - Whose key it will be.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart help - What explains a field.
 * @csspart error - What is wrong with a field.
 * @csspart problem - What went wrong beyond a field.
 * @csspart question - What is asked before typed text is discarded.
 * @csspart stay - The answer that keeps what was typed.
 * @csspart leave - The answer that discards it.
 * @csspart cancel - The Cancel button.
 * @csspart submit - The button that creates the key.
 * @csspart secret - The `<secret-reveal>`.
 * @csspart denied - Why no key can be created.
 */
export class ApiKeyCreateElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, dialogStyles, styles];

  /** Whose key to create; by default as the policy says. */
  @property() owner?: OwnerKind;

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** The key just created: from then on, the dialog shows its value, or says that it cannot. */
  @state() private created: { apiKey: ApiKey; hasSecret: boolean } | undefined;
  @state() private customDate = false;

  readonly #read: ReadController<Policy> = new ReadController(this, {
    read: ({ client, organizationId }) => sharedPolicy(client, organizationId),
    // A key for another owner would be another form, and what is on show is no longer theirs to see.
    sourceChanged: () => this.#modal.close(),
  });
  readonly #form: FormController = new FormController(this);
  readonly #localize: LocalizeController<keyof typeof apiKey> = new LocalizeController(
    this,
    apiKey,
    () => this.#read.value,
  );
  readonly #modal: ModalController = new ModalController(this, {
    dismiss: () => this.#mayClose(),
    closed: () => this.#handleClosed(),
  });
  readonly #guard: LeaveGuardController = new LeaveGuardController(
    this,
    // A key that is on its way would come to nobody.
    () => this.#modal.isOpen && (this.#isTyped || this.#form.pending),
  );
  /** What the form held before anything was typed. */
  #pristine = '';
  /** One for a filled form, until the server has answered for certain. Gives access to the value: kept here alone. */
  #idempotencyKey: string | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.open && this.#offer && this.#mayCreate) this.#modal.open();
    if (changed.has('open') && !this.open && this.#modal.isOpen) {
      this.#modal.dismiss();
      this.open = this.#modal.isOpen;
    }
  }

  protected override updated(): void {
    const form = this.#dialogForm;
    if (form && !this.#pristine) this.#pristine = contentsOf(form);
  }

  override connectedMoveCallback(): void {
    super.connectedMoveCallback();
    void this.updateComplete.then(() => {
      // What was on show has forgotten its value, unless all of it was moved as one.
      if (this.created?.hasSecret && !this.#reveal?.secret) this.created = { ...this.created, hasSecret: false };
    });
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[part="button"]')?.focus(options);
  }

  /** The policy, where it offers keys. */
  get #offer(): Offer | undefined {
    const policy = this.#read.value;
    return policy?.apiKeys ? (policy as Offer) : undefined;
  }

  get #owner(): OwnerKind {
    return this.owner ?? this.#offer?.apiKeys.owner ?? 'user';
  }

  get #mayCreate(): boolean {
    return this.#offer !== undefined && mayManage(this.#owner, this.#offer);
  }

  get #isTyped(): boolean {
    const form = this.#dialogForm;
    return form !== null && contentsOf(form) !== this.#pristine;
  }

  get #dialogForm() {
    return this.renderRoot.querySelector('form');
  }

  get #reveal() {
    return this.renderRoot.querySelector('secret-reveal');
  }

  #mayClose(): boolean {
    return this.#reveal?.dismiss() ?? this.#guard.mayLeave();
  }

  #handleClosed(): void {
    this.open = false;
    this.created = undefined;
    this.#guard.settle();
    this.customDate = false;
    this.#pristine = '';
    this.#idempotencyKey = undefined;
    this.#form.reset();
    this.dispatchEvent(new Event('close'));
    void this.updateComplete.then(() => this.focus());
  }

  async #handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { client } = this.connection;
    const keys = client && this.#offer && ownedResources(client, this.#owner, this.#offer)?.apiKeys;
    if (!keys || this.#form.pending) return;
    const request = requestOf(form);
    const answer = await this.#form.submit(
      form,
      async (signal) => {
        const idempotencyKey = (this.#idempotencyKey ??= createIdempotencyKey());
        try {
          return await keys.create(request, { idempotencyKey, signal });
        } catch (error) {
          if (!mayHaveCreated(error)) this.#idempotencyKey = undefined;
          throw error;
        }
      },
      () => this.dispatchEvent(new ApiKeyCreateEvent(request)),
    );
    if (answer) await this.#show(answer.apiKey, answer.secret);
  }

  async #show(apiKey: ApiKey, secret: Secret | null): Promise<void> {
    this.#idempotencyKey = undefined;
    this.#guard.settle();
    this.created = { apiKey, hasSecret: secret !== null };
    await this.updateComplete;
    const reveal = this.#reveal;
    if (reveal) {
      // Given by hand: what a template is given, its part keeps.
      reveal.secret = secret;
      await reveal.updateComplete;
      reveal.focus();
    } else {
      secret?.dispose();
      this.renderRoot.querySelector<HTMLElement>('[part="close"]')?.focus();
    }
    this.dispatchEvent(new ApiKeyCreatedEvent(apiKey));
  }

  #handleEdit({ target }: Event): void {
    this.#form.edited((target as HTMLInputElement).name);
  }

  readonly #handleClose = (): void => this.#modal.close();

  readonly #handleKeepEditing = (): void => {
    this.#guard.settle();
    this.#dialogForm?.querySelector<HTMLElement>('[part="input"]')?.focus();
  };

  override render() {
    const { localizer } = this.#localize;
    const { value: policy } = this.#read;
    if (!policy) return unreadView('form', 1, this.#read, localizer);
    if (!this.#offer || !this.#mayCreate) return keysDeniedView(policy, localizer, 'muted');
    return html`
      <button type="button" class="primary" part="button" aria-haspopup="dialog" @click=${this.#handleOpen}>
        ${plusIcon}${localizer.text(`apiKey.${this.#offer.apiKeys.verb}`)}
      </button>
      ${this.#modal.isOpen ? this.#renderDialog(this.#offer) : nothing}
    `;
  }

  #handleOpen(): void {
    this.open = true;
  }

  #renderDialog(offer: Offer) {
    const { localizer } = this.#localize;
    const { created } = this;
    const title = !created
      ? localizer.text(`apiKey.${offer.apiKeys.verb}`)
      : localizer.text(created.hasSecret ? 'apiKey.revealTitle' : 'apiKey.valueGoneTitle');
    const content = !created
      ? this.#renderForm(offer)
      : created.hasSecret
        ? this.#renderReveal(offer)
        : this.#renderValueGone(created.apiKey);
    return dialogView({ modal: this.#modal, title, content });
  }

  #renderForm({ apiKeys: policy, organization }: Offer) {
    const { localizer } = this.#localize;
    return html`<form
      part="form"
      novalidate
      aria-busy=${this.#form.pending}
      @submit=${this.#handleSubmit}
      @input=${this.#handleEdit}
    >
      <div class="dialog-body">
        <p class="owner muted" part="owner">
          ${
            this.#owner === 'organization' && organization
              ? localizer.text('apiKey.owner', { owner: organization.name })
              : localizer.text('apiKey.ownOwner')
          }
        </p>
        ${fieldsView({
          policy,
          localizer,
          error: (path) => this.#form.error(path),
          customDate: this.customDate,
          chooseExpiry: (customDate) => {
            this.customDate = customDate;
          },
        })}
        ${this.#form.problem ? this.#renderProblem() : nothing} ${slowView(this.#form.slow, localizer)}
      </div>
      <div class="dialog-actions">${
        this.#guard.asking
          ? discardView(localizer, this.#handleKeepEditing, this.#handleClose)
          : this.#renderActions(policy.verb)
      }</div>
    </form>`;
  }

  #renderProblem() {
    const { localizer } = this.#localize;
    const { problem } = this.#form;
    if (problem instanceof ApiError && problem.code === 'idempotency_mismatch') {
      return noticeView(localizer.text('apiKey.earlierAttempt'), localizer.text('apiKey.earlierAttempt.advice'));
    }
    return problemView({ error: problem, localizer, keepsInput: true });
  }

  #renderActions(verb: 'create' | 'generate') {
    const { localizer } = this.#localize;
    const { pending } = this.#form;
    return html`
      <button type="button" part="cancel" @click=${this.#modal.dismiss}>${localizer.text('cancel')}</button>
      <button class="primary" part="submit" aria-disabled=${pending}>
        ${localizer.text(pending ? (verb === 'create' ? 'apiKey.creating' : 'apiKey.generating') : `apiKey.${verb}`)}
      </button>
    `;
  }

  #renderReveal({ apiKeys: { header } }: Offer) {
    const { localizer } = this.#localize;
    return html`<div class="dialog-body">
      <p class="muted">${localizer.text('apiKey.header', { header })}</p>
      <secret-reveal
        part="secret"
        label=${localizer.text('apiKey.label')}
        .locale=${localizer.locale}
        .messages=${localizer.messages}
        @secret-dismissed=${this.#handleClose}
      ></secret-reveal>
    </div>`;
  }

  #renderValueGone({ name, description, maskedValue }: ApiKey) {
    const { localizer } = this.#localize;
    return html`
      <div class="dialog-body">
        <p role="alert">${localizer.text('apiKey.valueGone', { name: name || description || maskedValue })}</p>
      </div>
      <div class="dialog-actions">
        <button type="button" part="close" @click=${this.#modal.dismiss}>${localizer.text('close')}</button>
      </div>
    `;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'api-key-create': ApiKeyCreateEvent;
    'api-key-created': ApiKeyCreatedEvent;
  }
}
