import type { ApiKeysPolicy, OwnerKind } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { createdKeyView } from '../api-keys/created-key.js';
import { createKeyText, keyCreationProblemView, keyFieldsView, keyLimitText } from '../api-keys/key-fields.js';
import { keyFieldsStyles } from '../api-keys/key-fields.styles.js';
import { KeyForm } from '../api-keys/key-form.js';
import { Connected } from '../connection/connected.js';
import { property } from '../connection/properties.js';
import { type Access, AccessController } from '../controllers/access-controller.js';
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
import { discardView } from '../views/question.js';
import { slowView, loadingOrErrorView } from '../views/skeleton.js';
import { styles } from './api-key-create.styles.js';

export { ApiKeyCreatedEvent, ApiKeyCreateEvent } from '../events/api-key-create-events.js';

/** The access of a person who may create keys. */
type Offer = Access & { readonly policy: { readonly apiKeys: ApiKeysPolicy } };

const isOffer = (access: Access): access is Offer =>
  access.policy.apiKeys !== null && access.offersKeys && access.canManage;

/**
 * @tag api-key-create
 * @summary A button that opens a dialog with the form of a new key by the policy, and then shows the key's value once.
 *
 * @fires {ApiKeyCreateEvent} api-key-create - Before a key is created.
 * @fires {ApiKeyCreatedEvent} api-key-created - After a key is created.
 * @fires {SecretRevealEvent} secret-copied - The value was copied to the clipboard.
 * @fires {SecretRevealEvent} secret-copy-failed - The value could not be copied.
 * @fires {SecretRevealEvent} secret-dismiss - Before the value is removed from the page; `preventDefault()` keeps it.
 * @fires {SecretRevealEvent} secret-dismissed - The value was removed from the page.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 * @fires {Event} close - The dialog was closed; does not bubble.
 *
 * @csspart button - The button that opens the dialog.
 * @csspart dialog - The dialog.
 * @csspart dialog-title - The dialog's title.
 * @csspart form - The form in the dialog.
 * @csspart owner - The owner of the new key.
 * @csspart limit-note - How many more keys can be created, or that the oldest one is revoked.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart presets - Buttons that fill in a date.
 * @csspart preset - One of the buttons that fill in a date.
 * @csspart help - The explanation of a field.
 * @csspart error - The error of a field.
 * @csspart problem - The error of the request.
 * @csspart question - The question before typed text is discarded.
 * @csspart keep-editing - The button that keeps the typed text.
 * @csspart discard - The button that discards the typed text.
 * @csspart cancel - The Cancel button.
 * @csspart submit - The button that creates the key.
 * @csspart shown-once - The note that the value is shown once.
 * @csspart secret - The `<secret-reveal>`.
 * @csspart terms - The rights of a new key: its owner, module and expiration date.
 * @csspart close - The Close button, where there is no form.
 * @csspart denied - The reason why no key can be created.
 */
export class ApiKeyCreateElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, dialogStyles, keyFieldsStyles, styles];

  /** The owner of the new key; by default that of the policy. */
  @property() owner?: OwnerKind;

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false;

  readonly #access: AccessController = new AccessController(this, {
    owner: () => this.owner,
    // The dialog is about the former owner, whose key's value the person now here must not see.
    sourceChanged: () => this.#modal.close(),
  });
  /** How many more keys can be created, where that is limited. */
  readonly #remaining: ReadController<number | null> = new ReadController(this, {
    read: async (context) => {
      const access = await this.#access.load(context);
      if (!isOffer(access) || access.policy.apiKeys.limit === null) return null;
      return (await access.keys?.list({ limit: 1, signal: context.signal }))?.remaining ?? null;
    },
    dependencies: () => [this.owner],
    refreshOn: ({ resource }) => resource === 'apiKey',
  });
  readonly #keyForm: KeyForm = new KeyForm(this, {
    form: () => this.renderRoot.querySelector('form'),
    reveal: () => this.renderRoot.querySelector('secret-reveal'),
    closeButton: () => this.renderRoot.querySelector('#close'),
    created: () => this.#guard.settle(),
  });
  readonly #localize: LocalizeController<keyof typeof apiKey> = new LocalizeController(
    this,
    apiKey,
    () => this.#access.value?.policy,
  );
  readonly #modal: ModalController = new ModalController(this, {
    dismiss: () => this.#mayClose(),
    closed: () => this.#handleClosed(),
  });
  readonly #guard: LeaveGuardController = new LeaveGuardController(
    this,
    // If the page is left during the request, the new key's value is lost.
    () => this.#modal.isOpen && (this.#keyForm.isEdited || this.#keyForm.form.pending),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.open && this.#offer) this.#modal.open();
    if (changed.has('open') && !this.open && this.#modal.isOpen) {
      this.#modal.dismiss();
      this.open = this.#modal.isOpen;
    }
  }

  /** @internal */
  override connectedMoveCallback(): void {
    super.connectedMoveCallback();
    void this.#keyForm.moved();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[part="button"]')?.focus(options);
  }

  get #offer(): Offer | undefined {
    const { value } = this.#access;
    return value && isOffer(value) ? value : undefined;
  }

  /** Whether the limit is reached, and the form holds nothing that would be lost with it. */
  #isFull({ atLimit }: ApiKeysPolicy): boolean {
    const { isUncertain, form } = this.#keyForm;
    const holdsInput = this.#keyForm.isEdited || isUncertain || form.pending;
    return this.#remaining.value === 0 && atLimit === 'reject' && !holdsInput;
  }

  #mayClose(): boolean {
    return this.#keyForm.dismiss() ?? this.#guard.mayLeave();
  }

  #handleClosed(): void {
    this.open = false;
    this.#guard.settle();
    this.#keyForm.reset();
    this.dispatchEvent(new Event('close'));
    void this.updateComplete.then(() => this.focus());
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#keyForm.create(this.#offer?.keys);
  };

  /** Cancel discards typed text without a question, but asks while a request may create a key. */
  readonly #handleCancel = (): void => {
    if (this.#keyForm.form.pending) this.#modal.dismiss();
    else this.#modal.close();
  };

  readonly #handleClose = (): void => this.#modal.close();

  readonly #handleKeepEditing = (): void => {
    this.#guard.settle();
    this.renderRoot.querySelector<HTMLElement>('[part="input"]')?.focus();
  };

  override render() {
    const { localizer } = this.#localize;
    const { value: access } = this.#access;
    if (!access) return loadingOrErrorView('block', 1, this.#access, localizer);
    if (!isOffer(access)) return keysDeniedView(access.offersKeys, access.policy, localizer, 'muted');
    return html`
      <button type="button" class="primary" part="button" aria-haspopup="dialog" @click=${this.#handleOpen}>
        ${plusIcon}${localizer.text(`apiKey.${access.policy.apiKeys.verb}`)}
      </button>
      ${this.#modal.isOpen ? this.#renderDialog(access) : nothing}
    `;
  }

  readonly #handleOpen = (): void => {
    this.open = true;
  };

  #renderDialog(offer: Offer) {
    const { localizer } = this.#localize;
    const { apiKeys: policy } = offer.policy;
    const { createdKey } = this.#keyForm;
    const contents = createdKey
      ? createdKeyView({
          createdKey,
          policy,
          client: this.connection.client,
          localizer,
          modal: this.#modal,
          dismissed: this.#handleClose,
        })
      : {
          title: localizer.text(`apiKey.${policy.verb}`),
          ...(this.#isFull(policy)
            ? { content: this.#renderFull(policy), describedBy: 'full' }
            : { content: this.#renderForm(offer) }),
        };
    return dialogView({ modal: this.#modal, ...contents });
  }

  #renderFull({ limit }: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    return html`
      <div class="dialog-body">
        <p id="full">${keyLimitText(limit, localizer)} ${localizer.text('problem.limit.advice')}</p>
      </div>
      <div class="dialog-actions">
        <button type="button" part="close" @click=${this.#modal.dismiss}>${localizer.text('close')}</button>
      </div>
    `;
  }

  #renderForm({ owner, policy: { apiKeys: policy, organization } }: Offer) {
    const { localizer } = this.#localize;
    const { form } = this.#keyForm;
    return html`<form
      part="form"
      novalidate
      aria-busy=${form.pending}
      @submit=${this.#handleSubmit}
      @input=${this.#keyForm.handleEdit}
    >
      <div class="dialog-body">
        <p class="owner muted" part="owner">
          ${
            owner === 'organization' && organization
              ? localizer.text('apiKey.owner', { owner: organization.name })
              : localizer.text('apiKey.ownOwner')
          }
        </p>
        ${this.#renderRoom(policy)}
        ${keyFieldsView({ policy, localizer, keyForm: this.#keyForm })}
        ${keyCreationProblemView(this.#keyForm, policy, localizer)}
        <p class="note" part="shown-once">${localizer.text('apiKey.shownOnce')}</p>
        ${slowView(form.slow, localizer)}
      </div>
      <div class="dialog-actions">${
        this.#guard.asking
          ? discardView(localizer, this.#handleKeepEditing, this.#handleClose)
          : this.#renderActions(policy.verb)
      }</div>
    </form>`;
  }

  /** A note about the limit, above the form. */
  #renderRoom({ atLimit }: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    const { value: remaining } = this.#remaining;
    if (remaining === undefined || remaining === null || (remaining === 0 && atLimit === 'reject')) return nothing;
    return html`<p class="muted" part="limit-note">
      ${remaining > 0 ? localizer.counted('apiKey.remaining', remaining) : localizer.text('apiKey.replacesOldest')}
    </p>`;
  }

  #renderActions(verb: ApiKeysPolicy['verb']) {
    const { localizer } = this.#localize;
    const { pending } = this.#keyForm.form;
    return html`
      <button type="button" part="cancel" @click=${this.#handleCancel}>${localizer.text('cancel')}</button>
      <button class="primary" part="submit" aria-disabled=${pending}>${createKeyText(verb, pending, localizer)}</button>
    `;
  }
}
