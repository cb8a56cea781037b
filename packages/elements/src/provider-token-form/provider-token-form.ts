import type { OwnerKind } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { onRemoved } from '../connection/render-container.js';
import { AccessController } from '../controllers/access-controller.js';
import { focusedIn } from '../controllers/focus.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { conflicts } from '../locales/en/conflicts.js';
import { providerTokens } from '../locales/en/provider-tokens.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { providerMarkStyles } from '../styles/provider-mark.styles.js';
import { conflictView, savedView, saveView } from '../views/conflict.js';
import { discardView } from '../views/question.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { type FieldContext, fieldsView, providerView } from './fields.js';
import { type FormData, readFormModel } from './form-model.js';
import { tokenProblemView } from './problem.js';
import { localizeProvider } from '../provider-tokens/provider-fields.js';
import { ProviderTokenCancelEvent } from '../events/provider-token-events.js';
import { styles } from './provider-token-form.styles.js';
import { TokenFormController } from './token-form-controller.js';

const texts = { ...providerTokens, ...conflicts };

/**
 * @tag provider-token-form
 * @summary Adds a provider token, or changes one: exactly the fields that its provider asks for.
 *
 * @fires {ProviderTokenSaveEvent} provider-token-save - Before saving; `preventDefault()` keeps it from being saved.
 * @fires {ProviderTokenSavedEvent} provider-token-saved - After saving.
 * @fires {ProviderTokenCancelEvent} provider-token-cancel - The form was left by Cancel; it is empty again.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the form.
 * @slot footer - Below the form.
 *
 * @csspart form - The form.
 * @csspart body - All of the form above its actions.
 * @csspart facts - What cannot be chosen: provider and owner.
 * @csspart guide - The provider's hint, and the link to its own instructions.
 * @csspart link - That link.
 * @csspart mark - The letters or the icon of the provider.
 * @csspart owner - The choice of whose token it is.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart help - What explains a field.
 * @csspart error - What is wrong with a field.
 * @csspart toggle-secret - The button that shows a secret while it is typed, and hides it again.
 * @csspart code-warning - What says that agents ask by the code that is about to change.
 * @csspart undo - The button that puts back an address of which the field has taken a part.
 * @csspart problem - What went wrong beyond a field.
 * @csspart secrets-gone - What says, on Back, that typed secrets have to be entered again.
 * @csspart actions - The buttons, and what says that it was saved.
 * @csspart cancel - The Cancel button.
 * @csspart save - The button that adds or saves.
 * @csspart changes - What somebody else has changed meanwhile.
 * @csspart use-theirs - The button that takes that.
 * @csspart add-again - The button that makes a token that was deleted meanwhile a new one.
 * @csspart question - What is asked before what was typed is dropped, in the place of the buttons.
 * @csspart keep-editing - The button that goes back to the form.
 * @csspart discard - The button that drops what was typed.
 * @csspart saved - What says that it was saved.
 * @csspart denied - Why there is no form.
 */
export class ProviderTokenFormElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, providerMarkStyles, styles];

  /** The provider of a new token; without it, it is chosen first. */
  @property() provider?: string;
  /** The token to edit; without it, a new one is made. */
  @property({ attribute: 'token-id' }) tokenId?: string;
  /** Whether the provider is named above the form, as in the title of a dialog, and so not once more in it. */
  @property({ type: Boolean, attribute: 'provider-named' }) providerNamed = false;
  /** The owner of the token; without it, one of those that the policy offers. */
  @property() owner?: OwnerKind;

  readonly #read: AccessController<FormData> = new AccessController(this, {
    dependencies: () => [this.tokenId, this.owner],
    read: (context) => readFormModel(context, this.tokenId, this.owner),
    refreshOn: ({ id }) => id !== null && id === this.tokenId && !this.holdsOrganization(),
    sourceChanged: () => this.reset(),
  });
  readonly #form: TokenFormController = new TokenFormController(this, {
    model: () => this.#read.value,
    show: (model) => this.#read.show(model),
    provider: () => this.provider,
    localizer: () => this.#localize.localizer,
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  #focusWhenReady = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) return;
    const isOther = changed.has('tokenId') || changed.has('owner');
    if (isOther) this.#read.value = undefined;
    if (isOther || changed.has('provider')) this.reset();
  }

  protected override update(changed: PropertyValues<this>): void {
    // While their inputs are still there.
    if (!this.#read.value) this.#form.secrets.empty();
    super.update(changed);
  }

  protected override updated(): void {
    if (!this.#focusWhenReady || !this.#read.value) return;
    this.#focusWhenReady = false;
    this.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    onRemoved(this, () => this.#form.secrets.empty());
  }

  /** Focuses the first control that takes something, as soon as it is there. */
  override focus(options?: FocusOptions): void {
    if (focusedIn(this)) return;
    const first = this.shadowRoot?.querySelector<HTMLElement>('.fields:not([inert]) :is(input,select), [part="save"]');
    this.#focusWhenReady = !first;
    first?.focus(options);
  }

  /** Whether nothing would be lost; otherwise the person is asked, and `provider-token-cancel` tells if they agree. */
  mayLeave(): boolean {
    return this.#form.edit.guard.mayLeave();
  }

  /** Drops the draft, and aborts a pending request. */
  reset(): void {
    this.#form.reset();
  }

  /** An unsaved token stays with the organization that it was typed for, until the person saves or discards it. */
  protected override holdsOrganization(): boolean {
    const { isDirty, form } = this.#form.edit;
    return isDirty || form.pending;
  }

  protected override organizationHeld(): void {
    this.mayLeave();
  }

  readonly #keepEditing = (): void => {
    this.#form.edit.guard.settle();
    void this.updateComplete.then(() => this.focus());
  };

  readonly #leave = (): void => {
    this.reset();
    this.dispatchEvent(new ProviderTokenCancelEvent());
  };

  readonly #addAgain = (): void => {
    this.#form.addAgain();
    // For the title of a dialog that it stands in.
    this.dispatchEvent(new Event('add-again'));
    void this.updateComplete.then(() => (this.#form.secrets.firstEmpty ?? this).focus());
  };

  /** Reads the stored values again; the draft stays. */
  readonly #reload = (): void => {
    this.#form.edit.form.reset();
    void this.#read.refresh();
  };

  override render() {
    const { localizer } = this.#localize;
    const { value, error } = this.#read;
    if (!value) return loadingOrErrorView('form', 4, this.#read, localizer);
    if (value.owners.length === 0 || value.providers.length === 0) {
      return html`<p class="empty" part="denied">${localizer.text('providerToken.notYours')}</p>`;
    }
    const { draft, secrets, lostSecrets, isGone, handleInput, handleChange, handleSubmit, undo } = this.#form;
    const { form, conflict, problem = error } = this.#form.edit;
    const providers = value.providers.map((provider) => localizeProvider(provider, localizer));
    const chosen = providers.find(({ id }) => id === draft.chosen?.id);
    const context: FieldContext = {
      localizer,
      error: (path) => form.error(path),
      tooLong: (path) => form.tooLong(path),
      valueAt: draft.valueAt,
      reducedFrom: draft.reducedFrom,
      undo,
      isShown: (path) => secrets.isShown(path),
      toggle: this.#form.toggleSecret,
    };
    return html`
      <slot name="header"></slot>
      <form
        part="form"
        novalidate
        autocomplete="off"
        aria-busy=${form.pending}
        @input=${handleInput}
        @change=${handleChange}
        @submit=${handleSubmit}
      >
        <div class="body" part="body">
          <div class="fields" ?inert=${form.pending}>
            ${providerView({ ...value, providers }, chosen, this.provider, this.providerNamed, context)}
            ${fieldsView(value, chosen, context)}
          </div>
          ${conflictView(conflict, localizer)}
          ${
            problem
              ? tokenProblemView({
                  error: problem,
                  localizer,
                  provider: chosen,
                  isGone,
                  retry: problem === error ? this.#reload : undefined,
                  keepsInput: !lostSecrets,
                  unplaced: form.unplaced,
                })
              : nothing
          }
          ${
            lostSecrets
              ? html`<p class="note" part="secrets-gone" role="status">${localizer.text('providerToken.secretsGone')}</p>`
              : nothing
          }
        </div>
        <div class="actions" part="actions">${this.#renderActions(!value.token)}</div>
      </form>
      <slot name="footer"></slot>
    `;
  }

  #renderActions(isNew: boolean) {
    const { localizer } = this.#localize;
    const { edit, isGone } = this.#form;
    if (edit.guard.asking) return discardView(localizer, this.#keepEditing, this.#leave);
    return html`
      ${savedView(edit, localizer)}
      <button type="button" part="cancel" @click=${this.#leave}
        >${localizer.text('cancel')}</button>
      ${
        // A token that was deleted can be added again, but not saved.
        isGone
          ? html`<button type="button" class="primary" part="add-again" @click=${this.#addAgain}>
              ${localizer.text('providerToken.addAgain')}
            </button>`
          : saveView(edit, localizer, localizer.text(isNew ? 'providerToken.add' : 'save'))
      }
    `;
  }
}
