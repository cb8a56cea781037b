import type { ApiKey, ApiKeysPolicy, OwnerKind } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { createdKeyView, keyHeaderView, keySecretView } from '../api-keys/created-key.js';
import { keyFieldsStyles } from '../api-keys/key-fields.styles.js';
import { KeyRemoval, keyRemovalView } from '../api-keys/key-removal.js';
import { removalKindOf } from '../api-keys/removal-kind.js';
import { Connected } from '../connection/connected.js';
import { property, state } from '../connection/properties.js';
import { AccessController } from '../controllers/access-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import type { Removed } from '../controllers/removal-controller.js';
import { apiKey } from '../locales/en/api-key.js';
import { apiKeySingle } from '../locales/en/api-key-single.js';
import { apiKeys } from '../locales/en/api-keys.js';
import { conflicts } from '../locales/en/conflicts.js';
import { lists } from '../locales/en/lists.js';
import { badgeStyles } from '../styles/badge.styles.js';
import { cellStyles } from '../styles/cell.styles.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { timeStyles } from '../styles/time.styles.js';
import { keysDeniedView } from '../views/denied.js';
import { dialogView } from '../views/dialog.js';
import { refreshStatusView, loadingOrErrorView } from '../views/skeleton.js';
import { styles } from './api-key-single.styles.js';
import { createFormView } from './create-form.js';
import { ReplacingKeyForm } from './replacing-key-form.js';
import {
  keyFactsView,
  maskedValueView,
  type Outcome,
  removeButtonView,
  replacingView,
  valueGoneView,
} from './views.js';

const texts = { ...apiKey, ...apiKeySingle, ...apiKeys, ...conflicts, ...lists };

/**
 * @tag api-key-single
 * @summary The only API key of a person or an organization: created, shown once, replaced and removed, as the policy allows.
 *
 * @fires {ApiKeyCreateEvent} api-key-create - Before a key is created.
 * @fires {ApiKeyCreatedEvent} api-key-created - After a key is created.
 * @fires {ApiKeyRemovalEvent} api-key-revoke - Before the key is revoked; `preventDefault()` keeps it working.
 * @fires {ApiKeyRemovalEvent} api-key-revoked - After the key is revoked.
 * @fires {ApiKeyRemovalEvent} api-key-delete - Before the key is deleted; `preventDefault()` keeps it.
 * @fires {ApiKeyRemovalEvent} api-key-deleted - After the key is deleted.
 * @fires {SecretRevealEvent} secret-copied - The value was copied to the clipboard.
 * @fires {SecretRevealEvent} secret-copy-failed - The value could not be copied.
 * @fires {SecretRevealEvent} secret-dismiss - Before the value is removed from the page; `preventDefault()` keeps it.
 * @fires {SecretRevealEvent} secret-dismissed - The value was removed from the page.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the key.
 * @slot footer - Below the key.
 *
 * @csspart panel - The current key, or the note that there is none.
 * @csspart value - The field with the masked value.
 * @csspart remove - The button that revokes or deletes the key.
 * @csspart secret - The `<secret-reveal>` with a new key's value.
 * @csspart terms - In the dialog with a new key's value, the key's rights: its owner, module and expiration date.
 * @csspart facts - The columns of the policy, such as the dates of creation and expiration.
 * @csspart status - The key's status.
 * @csspart warning - The warning that the key expires soon.
 * @csspart used-from - The address from which the key was last used.
 * @csspart form - The form of a new key.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart presets - Buttons that fill in a date.
 * @csspart preset - One of the buttons that fill in a date.
 * @csspart help - The explanation of a field.
 * @csspart error - The error of a field.
 * @csspart problem - The error of a request.
 * @csspart previous-key-note - Whether the previous key still works after a new one could not be created.
 * @csspart create - The button that creates a key.
 * @csspart reason - The reason why no key can be created now.
 * @csspart status-message - The outcome of the last action.
 * @csspart read-only - The reason why the key can only be viewed.
 * @csspart dialog - The confirmation of a removal or replacement, or the dialog with a new key's value.
 * @csspart dialog-title - The dialog's title.
 * @csspart about - The facts that identify the key in a confirmation.
 * @csspart cancel - The button that keeps the key.
 * @csspart confirm - The button that revokes, deletes or replaces the key.
 * @csspart close - The button that closes the dialog.
 * @csspart changes - The changes that another person has made to the key.
 * @csspart denied - The reason why the key is not shown.
 */
export class ApiKeySingleElement extends Connected(LitElement) {
  static override styles = [
    hostStyles,
    controlStyles,
    dialogStyles,
    badgeStyles,
    cellStyles,
    timeStyles,
    keyFieldsStyles,
    styles,
  ];

  /** The owner of the key; by default that of the policy. */
  @property() owner?: OwnerKind;

  /** The last change of the key, made here or elsewhere. */
  @state() private outcome: Outcome | undefined;

  /** The access, and the newest key, if any. */
  readonly #read: AccessController<{ readonly key: ApiKey | undefined }> = new AccessController(this, {
    owner: () => this.owner,
    read: async ({ access, signal }) => {
      const { keys } = await access;
      const [key] = keys ? (await keys.list({ limit: 1, sort: '-createdAt', signal })).data : [];
      if (!signal.aborted) this.#dropOutdatedValue(key);
      return { key };
    },
    rendersErrors: true,
    refreshOn: ({ resource }) => resource === 'apiKey',
    // Once the current key has expired, another one can be created.
    staleAt: ({ key }) => key?.expiresAt,
    sourceChanged: () => {
      for (const modal of [this.#removal.modal, this.#keyForm.question, this.#reveal]) modal.close();
      this.#keyForm.reset();
      this.outcome = undefined;
    },
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  readonly #keyForm: ReplacingKeyForm = new ReplacingKeyForm(this, {
    current: () => this.#read.value,
    form: () => this.renderRoot.querySelector('#create'),
    reveal: () => this.renderRoot.querySelector('secret-reveal'),
    closeButton: () => this.renderRoot.querySelector('#close'),
    starting: () => void (this.outcome = undefined),
    created: (key) => this.#handleCreated(key),
    outdated: () => void this.#read.refresh(),
  });
  readonly #removal: KeyRemoval = new KeyRemoval(this, {
    keys: () => this.#keys,
    localizer: () => this.#localize.localizer,
    removed: (outcome, kind) => this.#handleRemoved(outcome, kind),
  });
  /** Shows the value, where the policy wants it in a dialog. */
  readonly #reveal: ModalController = new ModalController(this, {
    dismiss: () => this.#keyForm.dismiss() ?? true,
    closed: () => {
      // Only now: screen readers do not read a live region behind a modal dialog.
      this.outcome = this.#keyForm.outcome;
      this.#keyForm.forget();
    },
  });

  constructor() {
    super();
    // If the page is left during the request, the new key's value is lost.
    new LeaveGuardController(this, () => this.#keyForm.isEdited || this.#keyForm.form.pending);
  }

  /** @internal */
  override connectedMoveCallback(): void {
    super.connectedMoveCallback();
    void this.#keyForm.moved();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('#create button.primary')?.focus(options);
  }

  get #keys() {
    const keys = this.#read.value?.keys;
    if (!keys) throw new TypeError('There are no keys');
    return keys;
  }

  /** The shown value is of no use once its key was removed or replaced, in another tab or by another person. */
  #dropOutdatedValue(key: ApiKey | undefined): void {
    const { createdKey } = this.#keyForm;
    if (!createdKey || (key?.id === createdKey.apiKey.id && key.status === 'active')) return;
    this.#reveal.close();
    if (this.renderRoot.querySelector('secret-reveal:focus-within')) this.#handleDismissed();
    else this.#keyForm.forget();
    this.outcome = 'changedElsewhere';
  }

  #show(key: ApiKey | undefined): void {
    const { value } = this.#read;
    if (value) this.#read.show({ ...value, key });
  }

  #handleCreated(key: ApiKey): void {
    this.#show(key);
    if (this.#read.value?.policy.apiKeys?.reveal === 'dialog') this.#reveal.open();
    else this.outcome = this.#keyForm.outcome;
  }

  #handleRemoved({ left, wasGone }: Removed<ApiKey>, outcome: Outcome): void {
    this.#keyForm.forget();
    // Drops the error of an earlier creation.
    this.#keyForm.form.reset();
    this.#show(left);
    this.outcome = outcome;
    // Focuses the next possible action.
    void this.updateComplete.then(() => this.focus());
    if (wasGone) void this.#read.refresh();
  }

  readonly #handleEdit = (event: Event): void => {
    this.outcome = undefined;
    this.#keyForm.handleEdit(event);
  };

  readonly #handleRemove = (key: ApiKey, policy: ApiKeysPolicy): void => {
    if (this.#keyForm.form.pending) return;
    this.outcome = undefined;
    this.#removal.askTo(removalKindOf(key, policy), key);
  };

  readonly #handleDismissed = (): void => {
    this.#keyForm.forget();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#value')?.focus());
  };

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return loadingOrErrorView('form', 2, this.#read, localizer);
    const { policy, owner, canManage, keys, key } = value;
    if (!policy.apiKeys || !keys) return keysDeniedView(value.offersKeys, policy, localizer);
    const organization = owner === 'organization' ? policy.organization?.name : undefined;
    return html`
      <slot name="header"></slot>
      ${refreshStatusView(this.#read, localizer)}
      <div
        class="panel"
        part="panel"
        role="group"
        aria-label=${
          organization === undefined
            ? localizer.text('apiKeySingle.ownTitle')
            : localizer.text('apiKeySingle.title', { owner: organization })
        }
      >
        ${this.#renderValue(policy.apiKeys, key, organization, canManage)}
      </div>
      ${
        canManage
          ? createFormView({
              keyForm: this.#keyForm,
              policy: policy.apiKeys,
              outcome: this.outcome,
              handleEdit: this.#handleEdit,
              localizer,
            })
          : html`<p class="muted" part="read-only">
              ${localizer.text('apiKeys.readOnly', { organization: organization ?? '' })}
            </p>`
      }
      ${this.#removal.item ? this.#renderRemoval(this.#removal.item, policy.apiKeys) : nothing}
      ${this.#keyForm.question.isOpen ? replacingView(this.#keyForm, policy.apiKeys, key, localizer) : nothing}
      ${this.#reveal.isOpen ? this.#renderReveal(policy.apiKeys) : nothing}
      <slot name="footer"></slot>
    `;
  }

  #renderValue(policy: ApiKeysPolicy, key: ApiKey | undefined, organization: string | undefined, canManage: boolean) {
    const { localizer } = this.#localize;
    const { createdKey, form } = this.#keyForm;
    const { client } = this.connection;
    const facts = key ? keyFactsView(key, policy, localizer) : nothing;
    const remove = canManage ? removeButtonView(key, policy, form.pending, this.#handleRemove, localizer) : nothing;
    const shown = this.#reveal.isOpen ? undefined : createdKey;
    if (shown?.hasSecret)
      return keySecretView(
        { header: policy.header, client, localizer, dismissed: this.#handleDismissed },
        html`${keyHeaderView(policy.header, localizer)} ${facts} ${remove}`,
      );
    return html`
      ${shown ? valueGoneView(shown.apiKey, localizer) : nothing}
      ${maskedValueView({ key, policy, organization, canManage, remove, localizer })} ${facts}
    `;
  }

  #renderRemoval(key: ApiKey, policy: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    const consequence = localizer.text(
      key.status === 'active' ? 'apiKeySingle.stopsWorking' : 'apiKeySingle.noLongerWorks',
    );
    return keyRemovalView(this.#removal, key, policy, consequence, localizer);
  }

  #renderReveal(policy: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    const { createdKey } = this.#keyForm;
    const { client } = this.connection;
    const modal = this.#reveal;
    const dismissed = () => modal.close();
    return (
      createdKey &&
      dialogView({ modal, ...createdKeyView({ createdKey, policy, client, localizer, modal, dismissed }) })
    );
  }
}
