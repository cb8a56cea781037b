import type { ApiKeysPolicy, Cockpit, OwnerKind, Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { createdKeyView } from '../api-keys/created-key.js';
import { createKeyText, keyCreationProblemView, keyFieldsView, keyLimitText } from '../api-keys/key-fields.js';
import { keyFieldsStyles } from '../api-keys/key-fields.styles.js';
import { KeyForm } from '../api-keys/key-form.js';
import { Connected } from '../connection/connected.js';
import { hasKeysOf, mayManage, ownedResources } from '../connection/owned-resources.js';
import { property } from '../connection/properties.js';
import { sharedPolicy } from '../connection/shared-clients.js';
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

type Offer = Policy & { apiKeys: ApiKeysPolicy };

const isOffer = (policy: Policy): policy is Offer => policy.apiKeys !== null;

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
 * @csspart room - How many more keys there can be, or what ends for this one.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart presets - Buttons that fill in a date.
 * @csspart preset - One of them.
 * @csspart help - What explains a field.
 * @csspart error - What is wrong with a field.
 * @csspart problem - What went wrong beyond a field.
 * @csspart question - What is asked before typed text is discarded.
 * @csspart stay - The answer that keeps what was typed.
 * @csspart leave - The answer that discards it.
 * @csspart cancel - The Cancel button.
 * @csspart submit - The button that creates the key.
 * @csspart shown-once - That the value is shown once.
 * @csspart secret - The `<secret-reveal>`.
 * @csspart terms - What a new key may do: its owner, module and expiration date.
 * @csspart close - The Close button, where there is no form.
 * @csspart denied - Why no key can be created.
 */
export class ApiKeyCreateElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, dialogStyles, keyFieldsStyles, styles];

  /** The owner of the new key; by default that of the policy. */
  @property() owner?: OwnerKind;

  /** Whether the dialog is open. */
  @property({ type: Boolean, reflect: true }) open = false;

  readonly #read: ReadController<Policy> = new ReadController(this, {
    read: ({ client, organizationId }) => sharedPolicy(client, organizationId),
    // A key for another owner would be another form, and what is on show is no longer theirs to see.
    sourceChanged: () => this.#modal.close(),
  });
  /** How many more there can be, where that is limited. */
  readonly #remaining: ReadController<number | null> = new ReadController(this, {
    read: async ({ client, organizationId, signal }) => {
      const policy = await sharedPolicy(client, organizationId);
      if (!isOffer(policy) || policy.apiKeys.limit === null || !this.#mayCreateBy(policy)) return null;
      return (await this.#keysOf(client, policy)?.list({ limit: 1, signal }))?.remaining ?? null;
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
    () => this.#read.value,
  );
  readonly #modal: ModalController = new ModalController(this, {
    dismiss: () => this.#mayClose(),
    closed: () => this.#handleClosed(),
  });
  readonly #guard: LeaveGuardController = new LeaveGuardController(
    this,
    // If the page is left during the request, the new key's value is lost.
    () => this.#modal.isOpen && (this.#keyForm.isEdited || this.#creation.form.pending),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.open && this.#offer) this.#modal.open();
    if (changed.has('open') && !this.open && this.#modal.isOpen) {
      this.#modal.dismiss();
      this.open = this.#modal.isOpen;
    }
  }

  override connectedMoveCallback(): void {
    super.connectedMoveCallback();
    void this.#creation.moved();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[part="button"]')?.focus(options);
  }

  get #creation() {
    return this.#keyForm.creation;
  }

  /** The policy, where it offers keys that this person may create. */
  get #offer(): Offer | undefined {
    const policy = this.#read.value;
    return policy && isOffer(policy) && this.#mayCreateBy(policy) ? policy : undefined;
  }

  #ownerIn({ apiKeys }: Policy): OwnerKind {
    return this.owner ?? apiKeys?.owner ?? 'user';
  }

  #mayCreateBy(policy: Offer): boolean {
    const owner = this.#ownerIn(policy);
    return hasKeysOf(owner, policy) && mayManage(owner, policy);
  }

  #keysOf(client: Cockpit, policy: Offer) {
    return ownedResources(client, this.#ownerIn(policy), policy)?.apiKeys;
  }

  /** Whether the limit is reached, and the form holds nothing that would be lost with it. */
  #isFull({ apiKeys: { atLimit } }: Offer): boolean {
    const { isUncertain, form } = this.#creation;
    const holdsInput = this.#keyForm.isEdited || isUncertain || form.pending;
    return this.#remaining.value === 0 && atLimit === 'reject' && !holdsInput;
  }

  #mayClose(): boolean {
    return this.#creation.dismiss() ?? this.#guard.mayLeave();
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
    const { client } = this.connection;
    void this.#keyForm.submit(client && this.#offer && this.#keysOf(client, this.#offer));
  };

  /** Cancel discards typed text without a question, but asks while a request may create a key. */
  readonly #handleCancel = (): void => {
    if (this.#creation.form.pending) this.#modal.dismiss();
    else this.#modal.close();
  };

  readonly #handleClose = (): void => this.#modal.close();

  readonly #handleKeepEditing = (): void => {
    this.#guard.settle();
    this.renderRoot.querySelector<HTMLElement>('[part="input"]')?.focus();
  };

  override render() {
    const { localizer } = this.#localize;
    const { value: policy } = this.#read;
    if (!policy) return loadingOrErrorView('block', 1, this.#read, localizer);
    if (!this.#offer) return keysDeniedView(hasKeysOf(this.#ownerIn(policy), policy), policy, localizer, 'muted');
    return html`
      <button type="button" class="primary" part="button" aria-haspopup="dialog" @click=${this.#handleOpen}>
        ${plusIcon}${localizer.text(`apiKey.${this.#offer.apiKeys.verb}`)}
      </button>
      ${this.#modal.isOpen ? this.#renderDialog(this.#offer) : nothing}
    `;
  }

  readonly #handleOpen = (): void => {
    this.open = true;
  };

  #renderDialog(offer: Offer) {
    const { localizer } = this.#localize;
    const { verb } = offer.apiKeys;
    const { createdKey } = this.#creation;
    const contents = createdKey
      ? createdKeyView({
          createdKey,
          policy: offer.apiKeys,
          client: this.connection.client,
          localizer,
          modal: this.#modal,
          dismissed: this.#handleClose,
        })
      : {
          title: localizer.text(`apiKey.${verb}`),
          ...(this.#isFull(offer)
            ? { content: this.#renderFull(offer.apiKeys), describedBy: 'full' }
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

  #renderForm(offer: Offer) {
    const { localizer } = this.#localize;
    const { form } = this.#creation;
    const { apiKeys: policy, organization } = offer;
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
            this.#ownerIn(offer) === 'organization' && organization
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
    return html`<p class="muted" part="room">
      ${remaining > 0 ? localizer.counted('apiKey.remaining', remaining) : localizer.text('apiKey.replacesOldest')}
    </p>`;
  }

  #renderActions(verb: ApiKeysPolicy['verb']) {
    const { localizer } = this.#localize;
    const { pending } = this.#creation.form;
    return html`
      <button type="button" part="cancel" @click=${this.#handleCancel}>${localizer.text('cancel')}</button>
      <button class="primary" part="submit" aria-disabled=${pending}>${createKeyText(verb, pending, localizer)}</button>
    `;
  }
}
