import { type ApiKey, ApiError, type ApiKeysPolicy, type Cockpit, type OwnerKind, type Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { fieldsStyles } from '../api-key-create/fields.styles.js';
import { fieldsView, mintingProblemView, submitText } from '../api-key-create/fields.js';
import { headerView, mintedView, nameOf, secretView } from '../api-key-create/minted.js';
import { MintingController } from '../api-key-create/minting-controller.js';
import { activeRemovalOf, past, type RemovalKind, removalKindOf } from '../api-keys/removal-kind.js';
import { ApiKeyRemovalEvent } from '../events/api-key-removal-event.js';
import { comparedFields } from '../api-key-list/columns.js';
import { keyFacts } from '../api-key-list/key-facts.js';
import { Connected } from '../connection/connected.js';
import { hasKeysOf, mayManage, maySee, ownedResources } from '../connection/owned-resources.js';
import { property, state } from '../connection/properties.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { type Removed, RemovalController } from '../controllers/removal-controller.js';
import { trashIcon } from '../icons/icons.js';
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
import { noticeView } from '../views/problem.js';
import { removalView } from '../views/removal.js';
import { refreshStatusView, slowView, loadingOrErrorView } from '../views/skeleton.js';
import { styles } from './api-key-single.styles.js';
import { doneView, factsView, fieldView, type Outcome, replacingView } from './views.js';

const texts = { ...apiKey, ...apiKeySingle, ...apiKeys, ...conflicts, ...lists };
/** The shown key: the newest one, if any. */
interface Present {
  readonly policy: Policy;
  readonly key: ApiKey | undefined;
}

/**
 * @tag api-key-single
 * @summary The one API key of a person or an organization: made, shown once, replaced and removed, as the policy lets it.
 *
 * @fires {ApiKeyCreateEvent} api-key-create - Before a key is created.
 * @fires {ApiKeyCreatedEvent} api-key-created - After a key is created.
 * @fires {ApiKeyRemovalEvent} api-key-revoke - Before the key is revoked; `preventDefault()` keeps it working.
 * @fires {ApiKeyRemovalEvent} api-key-revoked - After the key is revoked.
 * @fires {ApiKeyRemovalEvent} api-key-delete - Before the key is deleted; `preventDefault()` keeps it.
 * @fires {ApiKeyRemovalEvent} api-key-deleted - After the key is deleted.
 * @fires {SecretRevealEvent} secret-copied - Its value is on the clipboard.
 * @fires {SecretRevealEvent} secret-copy-failed - The clipboard refused, or there is none.
 * @fires {SecretRevealEvent} secret-dismiss - Before its value goes; `preventDefault()` keeps it on show.
 * @fires {SecretRevealEvent} secret-dismissed - Its value is gone.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the key.
 * @slot footer - Below it all.
 *
 * @csspart panel - The key that there is, or that there is none.
 * @csspart value - The field with as much of the value as is shown again.
 * @csspart remove - The button that revokes or deletes the key.
 * @csspart secret - The `<secret-reveal>` with a new key's value.
 * @csspart terms - Where that is in a dialog, what the key may do: its owner, module and expiration date.
 * @csspart facts - When it was made, when it ends, and what else the policy shows.
 * @csspart status - The key's status.
 * @csspart warning - What says that the key expires soon.
 * @csspart used-from - Where the key was last used from.
 * @csspart form - What is asked of a new key.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart presets - Buttons that fill in a date.
 * @csspart preset - One of them.
 * @csspart help - What explains a field.
 * @csspart error - What is wrong with a field.
 * @csspart problem - What went wrong.
 * @csspart fate - What has become of the present key when a new one could not be made.
 * @csspart create - The button that makes a key.
 * @csspart reason - Why no key can be made now.
 * @csspart done - What has just been done.
 * @csspart read-only - Why the key can only be looked at.
 * @csspart dialog - What is asked before a key ends, or a new one's value.
 * @csspart dialog-title - Its title.
 * @csspart about - What tells the thing that it is about from others.
 * @csspart cancel - The button that keeps the key.
 * @csspart confirm - The button that ends the key.
 * @csspart close - The button that closes the dialog.
 * @csspart changes - What somebody else has changed of the key meanwhile.
 * @csspart denied - Why there is no key to be seen.
 */
export class ApiKeySingleElement extends Connected(LitElement) {
  static override styles = [
    hostStyles,
    controlStyles,
    dialogStyles,
    badgeStyles,
    cellStyles,
    timeStyles,
    fieldsStyles,
    styles,
  ];

  /** The owner of the key; by default that of the policy. */
  @property() owner?: OwnerKind;

  /** The last change of the key, made here or elsewhere. */
  @state() private outcome: Outcome | undefined;

  readonly #read: ReadController<Present> = new ReadController(this, {
    read: async ({ client, organizationId, signal }) => {
      const policy = await sharedPolicy(client, organizationId);
      const keys = this.#isDenied(policy) ? undefined : this.#keysOf(client, policy);
      const [key] = keys ? (await keys.list({ limit: 1, sort: '-createdAt', signal })).data : [];
      if (!signal.aborted) this.#compareMinted(key);
      return { policy, key };
    },
    dependencies: () => [this.owner],
    rendersErrors: true,
    refreshOn: ({ resource }) => resource === 'apiKey',
    // Where the present one has ended, there can be another.
    staleAt: ({ key }) => key?.expiresAt,
    sourceChanged: () => {
      for (const modal of [this.#removal.modal, this.#replacing, this.#reveal]) modal.close();
      this.#minting.reset();
      this.outcome = undefined;
    },
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  readonly #minting: MintingController = new MintingController(this, {
    keys: () => this.#keys,
    made: (key) => this.#handleMade(key),
  });
  readonly #removal: RemovalController<ApiKey> = new RemovalController(this, {
    allowed: (key) => this.dispatchEvent(new ApiKeyRemovalEvent(this.#removalKind, key)),
    remove: ({ id, version }, signal) =>
      this.#removalKind === 'revoke' ? this.#keys.revoke(id, { signal }) : this.#keys.delete(id, { version, signal }),
    read: ({ id }, signal) => this.#keys.get(id, { signal }),
    compare: (before, now) => comparedFields(before, now, this.#localize.localizer),
    removed: (outcome) => this.#handleRemoved(outcome),
  });
  /** Asks before a new key takes the place of one that works. */
  readonly #replacing: ModalController = new ModalController(this);
  /** Shows the value, where the policy has it in a dialog. */
  readonly #reveal: ModalController = new ModalController(this, {
    dismiss: () => this.#minting.dismiss() ?? true,
    closed: () => {
      // Only now: screen readers do not read a live region behind a modal dialog.
      this.outcome = this.#made;
      this.#minting.forget();
    },
  });
  #removalKind: RemovalKind = 'delete';
  /** The outcome of the creation of the present key. */
  #made: Outcome | undefined;

  constructor() {
    super();
    // A key that is on its way would come to nobody.
    new LeaveGuardController(this, () => this.#minting.isEdited || this.#minting.form.pending);
  }

  override connectedMoveCallback(): void {
    super.connectedMoveCallback();
    void this.#minting.moved();
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[part="create"]')?.focus(options);
  }

  #ownerIn({ apiKeys }: Policy): OwnerKind {
    return this.owner ?? apiKeys?.owner ?? 'user';
  }

  #isDenied(policy: Policy): boolean {
    const owner = this.#ownerIn(policy);
    return !hasKeysOf(owner, policy) || !maySee(owner, policy);
  }

  #keysOf(client: Cockpit, policy: Policy) {
    return ownedResources(client, this.#ownerIn(policy), policy)?.apiKeys;
  }

  get #keys() {
    const { client } = this.connection;
    const policy = this.#read.value?.policy;
    const keys = client && policy && this.#keysOf(client, policy);
    if (!keys) throw new TypeError('There are no keys');
    return keys;
  }

  /** A key has to go before there can be another; unless it is the one whose value is still to come. */
  #isBlocked({ atLimit }: ApiKeysPolicy): boolean {
    return this.#works && atLimit === 'reject' && !this.#minting.isUncertain;
  }

  get #works(): boolean {
    return this.#read.value?.key?.status === 'active';
  }

  /** A value is no use any more once its key has been removed or replaced, in another tab or by somebody else. */
  #compareMinted(key: ApiKey | undefined): void {
    const { minted } = this.#minting;
    if (!minted || (key?.id === minted.apiKey.id && key.status === 'active')) return;
    this.#reveal.close();
    if (this.renderRoot.querySelector('secret-reveal:focus-within')) this.#handleDismissed();
    else this.#minting.forget();
    this.outcome = 'elsewhere';
  }

  #show(key: ApiKey | undefined): void {
    const { value } = this.#read;
    if (value) this.#read.show({ ...value, key });
  }

  #handleMade(key: ApiKey): void {
    const { key: previous } = this.#read.value ?? {};
    const isReplacement = previous?.status === 'active' && previous.id !== key.id;
    this.#made = isReplacement ? 'replaced' : 'created';
    // A notice says that a key was created whose value cannot be shown.
    if (!this.#minting.minted?.hasSecret) this.#made = undefined;
    this.#show(key);
    if (this.#read.value?.policy.apiKeys?.reveal === 'dialog') this.#reveal.open();
    else this.outcome = this.#made;
  }

  #handleRemoved({ item, left, wasGone }: Removed<ApiKey>): void {
    const kind = past[this.#removalKind];
    this.#minting.forget();
    // Drops the error of an earlier creation.
    this.#minting.form.reset();
    this.#show(left);
    this.outcome = kind;
    // Focuses the next possible action.
    void this.updateComplete.then(() => this.focus());
    if (wasGone) void this.#read.refresh();
    else this.dispatchEvent(new ApiKeyRemovalEvent(kind, left ?? item));
  }

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const policy = this.#read.value?.policy.apiKeys;
    if (!policy || this.#isBlocked(policy) || this.#minting.form.pending) return;
    const replaces = this.#works && !this.#minting.isUncertain;
    if (!replaces) await this.#generate();
    else if (await this.#minting.form.check(form)) this.#replacing.open();
  };

  readonly #handleReplace = (): void => {
    this.#replacing.close();
    void this.#generate();
  };

  async #generate(): Promise<void> {
    this.outcome = undefined;
    await this.#minting.submit();
    const { problem } = this.#minting.form;
    // There is a key that is not shown here.
    if (problem instanceof ApiError && ['limit_reached', 'idempotency_mismatch'].includes(problem.code))
      void this.#read.refresh();
  }

  readonly #handleEdit = (event: Event): void => {
    this.outcome = undefined;
    this.#minting.handleEdit(event);
  };

  readonly #handleDismissed = (): void => {
    this.#minting.forget();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[part="value"]')?.focus());
  };

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return loadingOrErrorView('form', 2, this.#read, localizer);
    const { policy, key } = value;
    if (!policy.apiKeys || this.#isDenied(policy))
      return keysDeniedView(hasKeysOf(this.#ownerIn(policy), policy), policy, localizer);
    const owner = this.#ownerIn(policy);
    const canManage = mayManage(owner, policy);
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
          ? this.#renderForm(policy.apiKeys)
          : html`<p class="muted" part="read-only">
              ${localizer.text('apiKeys.readOnly', { organization: organization ?? '' })}
            </p>`
      }
      ${this.#removal.item ? this.#renderRemoval(this.#removal.item, policy.apiKeys) : nothing}
      ${this.#replacing.isOpen ? replacingView(this.#replacing, policy.apiKeys, key, this.#handleReplace, localizer) : nothing}
      ${this.#reveal.isOpen ? this.#renderReveal(policy.apiKeys) : nothing}
      <slot name="footer"></slot>
    `;
  }

  #renderValue(policy: ApiKeysPolicy, key: ApiKey | undefined, organization: string | undefined, canManage: boolean) {
    const { localizer } = this.#localize;
    const { minted } = this.#minting;
    const facts = key ? factsView(key, policy, localizer) : nothing;
    const remove = canManage ? this.#renderRemove(policy, key) : nothing;
    if (minted?.hasSecret && !this.#reveal.isOpen) {
      const { client } = this.connection;
      return secretView(
        { header: policy.header, client, localizer, dismissed: this.#handleDismissed },
        html`${headerView(policy.header, localizer)} ${facts} ${remove}`,
      );
    }
    return html`
      ${minted && !this.#reveal.isOpen ? this.#renderValueGone(minted.apiKey) : nothing}
      ${fieldView({ key, policy, organization, canManage, remove, localizer })} ${facts}
    `;
  }

  #renderValueGone(key: ApiKey) {
    const { localizer } = this.#localize;
    return noticeView(
      localizer.text('apiKey.valueGoneTitle'),
      localizer.text('apiKey.valueGone', { name: nameOf(key) }),
    );
  }

  #renderRemove(policy: ApiKeysPolicy, key: ApiKey | undefined) {
    const { localizer } = this.#localize;
    const kind = key ? removalKindOf(key, policy) : 'delete';
    const ask = () => {
      if (!key || this.#minting.form.pending) return;
      this.outcome = undefined;
      this.#removalKind = kind;
      this.#removal.ask(key);
    };
    return html`<button
      type="button"
      part="remove"
      slot="beside"
      aria-label=${localizer.text(kind === 'revoke' ? 'apiKeys.revokeTitle' : 'apiKeys.deleteTitle')}
      aria-disabled=${!key || this.#minting.form.pending}
      aria-describedby=${key ? nothing : 'value-note'}
      @click=${ask}
    >
      ${trashIcon}${localizer.text(kind === 'revoke' ? 'apiKeys.revoke' : 'delete')}
    </button>`;
  }

  #renderForm(policy: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    const { form, isUncertain } = this.#minting;
    const isBlocked = this.#isBlocked(policy);
    return html`<form
      part="form"
      novalidate
      aria-busy=${form.pending}
      @submit=${this.#handleSubmit}
      @input=${this.#handleEdit}
    >
      ${isBlocked && !this.#minting.isEdited ? nothing : fieldsView({ policy, localizer, minting: this.#minting })}
      ${mintingProblemView(this.#minting, policy, localizer)}
      ${
        form.problem && this.#works
          ? html`<p part="fate">${localizer.text(isUncertain ? 'apiKeySingle.uncertain' : 'apiKeySingle.survives')}</p>`
          : nothing
      }
      ${slowView(form.slow, localizer)}
      <div class="actions">
        <button
          class="primary"
          part="create"
          aria-disabled=${form.pending || isBlocked}
          aria-describedby=${isBlocked ? 'reason' : nothing}
        >
          ${submitText(policy.verb, form.pending, localizer)}
        </button>
        ${doneView(this.outcome, localizer)}
      </div>
      ${
        isBlocked
          ? html`<p class="note" part="reason" id="reason">
              ${localizer.text(`apiKeySingle.onlyOne.${activeRemovalOf(policy)}`)}
            </p>`
          : nothing
      }
    </form>`;
  }

  #renderRemoval(key: ApiKey, policy: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    const isRevoking = this.#removalKind === 'revoke';
    const title = localizer.text(isRevoking ? 'apiKeys.revokeTitle' : 'apiKeys.deleteTitle');
    return removalView(
      this.#removal,
      {
        title,
        consequence: localizer.text(key.status === 'active' ? 'apiKeySingle.ends' : 'apiKeySingle.over'),
        facts: keyFacts(key, policy, localizer),
        confirm: title,
        confirming: localizer.text(isRevoking ? 'apiKeys.revoking' : 'deleting'),
      },
      localizer,
    );
  }

  #renderReveal(policy: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    const { minted } = this.#minting;
    if (!minted) return nothing;
    const modal = this.#reveal;
    return dialogView({
      modal,
      ...mintedView({
        minted,
        policy,
        client: this.connection.client,
        localizer,
        modal,
        dismissed: () => modal.close(),
      }),
    });
  }
}
