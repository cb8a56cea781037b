import {
  ApiError,
  NotFoundError,
  type OwnerKind,
  PageLeftError,
  type Provider,
  type ProviderToken,
  VersionStaleError,
} from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { onRemoved } from '../connection/render-container.js';
import { ConflictController } from '../controllers/conflict-controller.js';
import { focusedIn } from '../controllers/focus.js';
import { FormController, isSecretInput } from '../controllers/form-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { PageLifecycleController } from '../controllers/page-lifecycle-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { conflicts } from '../locales/en/conflicts.js';
import { providerTokens } from '../locales/en/provider-tokens.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { providerMarkStyles } from '../styles/provider-mark.styles.js';
import { conflictView, savedView, saveView } from '../views/conflict.js';
import { noticeView, problemView } from '../views/problem.js';
import { discardView } from '../views/question.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { comparedFields } from './changes.js';
import { Contents } from './contents.js';
import { type FieldContext, fieldsView, providerView } from './fields.js';
import { type Present, readPresent } from './present.js';
import { askedFields, faultOf, inWords, isCode, pathOf } from './provider-fields.js';
import {
  ProviderTokenCancelEvent,
  ProviderTokenSavedEvent,
  ProviderTokenSaveEvent,
} from '../events/provider-token-events.js';
import { styles } from './provider-token-form.styles.js';
import { isTaken } from './provider-token-request.js';
import { type FormParts, saveProviderToken } from './save-provider-token.js';
import { SecretInputs } from './secret-inputs.js';

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
 * @csspart stay - The button that goes back to the form.
 * @csspart leave - The button that drops what was typed.
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

  /** Whether typed secrets were dropped when the page was left, and none was typed since. */
  @state() private lostSecrets = false;

  readonly #read: ReadController<Present> = new ReadController(this, {
    dependencies: () => [this.tokenId, this.owner],
    read: (context) => readPresent(context, this.tokenId, this.owner),
    refreshOn: ({ id }) => id !== null && id === this.tokenId && !this.#isDirty && !this.#form.pending,
    sourceChanged: () => this.reset(),
  });
  readonly #contents: Contents = new Contents(
    () => this.#read.value,
    () => this.provider,
  );
  readonly #secrets = new SecretInputs(() => this.shadowRoot);
  readonly #form: FormController = new FormController(this, ({ name, value }) => {
    if (name === 'code') return isCode(value) ? undefined : 'format';
    const field = this.#contents.fieldAt(name);
    return field && faultOf(field, value);
  });
  readonly #conflict: ConflictController<ProviderToken> = new ConflictController(this, {
    compare: (before) => this.#compare(before),
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  readonly #guard: LeaveGuardController = new LeaveGuardController(this, () => this.#isDirty);
  readonly #parts: FormParts = {
    contents: this.#contents,
    secrets: this.#secrets,
    conflict: this.#conflict,
    show: (present) => this.#read.show(present),
  };
  #focusWhenReady = false;

  constructor() {
    super();
    new PageLifecycleController(this, { onHide: () => this.#dropSecrets() });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) return;
    const isOther = changed.has('tokenId') || changed.has('owner');
    if (isOther) this.#read.value = undefined;
    if (isOther || changed.has('provider')) this.reset();
  }

  protected override update(changed: PropertyValues<this>): void {
    // While their inputs are still there.
    if (!this.#read.value) this.#secrets.empty();
    super.update(changed);
  }

  protected override updated(): void {
    if (!this.#focusWhenReady || !this.#read.value) return;
    this.#focusWhenReady = false;
    this.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    onRemoved(this, () => this.#secrets.empty());
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
    return this.#guard.mayLeave();
  }

  /** Drops the draft, and aborts a pending request. */
  reset(): void {
    this.#form.reset();
    this.#conflict.settle();
    this.#contents.typed = {};
    this.#guard.settle();
    this.#secrets.empty();
    this.lostSecrets = false;
  }

  /** Drops typed secrets when the page is left. The rest of the draft may stay for the same person. */
  #dropSecrets(): void {
    if (this.#secrets.typed.length === 0) return;
    this.#secrets.empty();
    this.lostSecrets = true;
    // A pending request would be repeated without the secrets.
    this.#form.interrupt(new PageLeftError());
  }

  /** Somebody else has deleted the token being edited. */
  get #isGone(): boolean {
    return this.#form.problem instanceof NotFoundError && this.#read.value?.token !== undefined;
  }

  /** An unsaved token stays with the organization that it was typed for, until the person saves or discards it. */
  protected override holdsOrganization(): boolean {
    return this.#isDirty || this.#form.pending;
  }

  protected override organizationHeld(): void {
    this.mayLeave();
  }

  get #isDirty(): boolean {
    return this.#contents.isTyped || this.#secrets.typed.length > 0;
  }

  readonly #handleInput = (event: Event): void => {
    const control = event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
    const { name, type } = control;
    const { token } = this.#read.value ?? {};
    if (token) this.#conflict.from(token);
    if (isSecretInput(control)) this.lostSecrets = false;
    else this.#contents.type(name, control.value);
    this.#form.edited(control);
    if (type !== 'select-one') return;
    // Another answer may ask for other secrets; another provider always does.
    const { chosen, valueAt } = this.#contents;
    const asked = name !== 'provider' && chosen ? askedFields(chosen, valueAt).map(pathOf) : [];
    this.#secrets.empty((path) => !asked.includes(path));
  };

  readonly #handleChange = ({ target }: Event): void => {
    const control = target as HTMLInputElement;
    this.#contents.left(control.name, control.value);
    this.#form.left(control);
  };

  readonly #undo = (path: string): void => {
    this.#contents.undo(path);
    this.requestUpdate();
    this.renderRoot.querySelector<HTMLElement>(`[name="${path}"]`)?.focus();
  };

  readonly #toggleSecret = (path: string): void => {
    this.#secrets.toggle(path);
    this.requestUpdate();
  };

  readonly #keepEditing = (): void => {
    this.#guard.settle();
    void this.updateComplete.then(() => this.focus());
  };

  readonly #leave = (): void => {
    this.reset();
    this.dispatchEvent(new ProviderTokenCancelEvent());
  };

  readonly #handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client } = this.connection;
    const { value: present } = this.#read;
    if (!client || !present || this.#form.pending || this.#isGone) return;
    // Enter submits without a change event of the field.
    for (const [path, value] of Object.entries(this.#contents.typed))
      if (path.startsWith('values.')) this.#contents.left(path, value);
    // Out of the fields, which take nothing while they are sent.
    event.submitter?.focus();
    const saved = await this.#form.submit(
      event.currentTarget as HTMLFormElement,
      (signal) => saveProviderToken(client, present, this.#parts, signal),
      () => this.dispatchEvent(new ProviderTokenSaveEvent(this.#contents.draft)),
    );
    if (!saved) return;
    this.#contents.typed = {};
    this.#guard.settle();
    this.#secrets.empty();
    if (present.token) this.#read.show({ ...present, token: saved });
    this.dispatchEvent(new ProviderTokenSavedEvent(saved));
  };

  readonly #useTheirs = (): void => {
    const { disputed } = this.#conflict;
    const isDisputed = (path: string) => disputed.includes(path);
    this.#secrets.empty(isDisputed);
    this.#contents.drop(isDisputed);
    this.#form.reset();
    this.#conflict.take();
  };

  #compare(before: ProviderToken) {
    const { policy, token: now } = this.#read.value ?? {};
    const typed = this.#secrets.typed.map((path) => [path, ''] as const);
    return now
      ? comparedFields({
          before,
          now,
          provider: this.#contents.chosen,
          fields: policy?.providerTokens?.fields,
          localizer: this.#localize.localizer,
          mine: { ...this.#contents.typed, ...Object.fromEntries(typed) },
        })
      : [];
  }

  /** Another person deleted the token: the form's values become a new one. */
  readonly #addAgain = (): void => {
    const { value } = this.#read;
    if (!value?.token) return;
    this.#form.reset();
    this.#conflict.settle();
    this.#contents.keep(value.token);
    this.#read.show({ ...value, token: undefined });
    // For the title of a dialog that it stands in.
    this.dispatchEvent(new Event('add-again'));
    void this.updateComplete.then(() => (this.#secrets.firstEmpty ?? this).focus());
  };

  /** Reads the stored values again; the draft stays. */
  readonly #loadPresent = (): void => {
    this.#form.reset();
    void this.#read.refresh();
  };

  override render() {
    const { localizer } = this.#localize;
    const { value, error } = this.#read;
    if (!value) return loadingOrErrorView('form', 4, this.#read, localizer);
    if (value.owners.length === 0 || value.providers.length === 0) {
      return html`<p class="empty" part="denied">${localizer.text('providerToken.notYours')}</p>`;
    }
    const problem = this.#form.problem ?? error;
    const { lostSecrets } = this;
    const providers = value.providers.map((provider) => inWords(provider, localizer));
    const chosen = providers.find(({ id }) => id === this.#contents.chosen?.id);
    const context: FieldContext = {
      localizer,
      error: (path) => this.#form.error(path),
      tooLong: (path) => this.#form.tooLong(path),
      valueAt: this.#contents.valueAt,
      reducedFrom: (path) => this.#contents.reducedFrom(path),
      undo: this.#undo,
      isShown: (path) => this.#secrets.isShown(path),
      toggle: this.#toggleSecret,
    };
    return html`
      <slot name="header"></slot>
      <form
        part="form"
        novalidate
        autocomplete="off"
        aria-busy=${this.#form.pending}
        @input=${this.#handleInput}
        @change=${this.#handleChange}
        @submit=${this.#handleSubmit}
      >
        <div class="body" part="body">
          <div class="fields" ?inert=${this.#form.pending}>
            ${providerView({ ...value, providers }, chosen, this.provider, this.providerNamed, context)}
            ${fieldsView(value, chosen, context)}
          </div>
          ${conflictView(this.#conflict, localizer)} ${problem ? this.#renderProblem(problem, chosen) : nothing}
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

  #renderProblem(problem: unknown, chosen: Provider | undefined) {
    const { localizer } = this.#localize;
    if (problem instanceof VersionStaleError) return nothing;
    if (isTaken(problem)) {
      return noticeView(
        localizer.text('providerToken.taken', { provider: chosen?.name ?? '' }),
        localizer.text('providerToken.taken.advice'),
      );
    }
    if (problem instanceof ApiError && problem.code === 'limit_reached')
      return noticeView(localizer.text('providerToken.limit'), localizer.text('providerToken.limit.advice'));
    if (this.#isGone) {
      return noticeView(localizer.text('conflict.gone'), localizer.text('providerToken.gone.advice'));
    }
    const retry = problem === this.#read.error ? this.#loadPresent : undefined;
    return problemView({
      error: problem,
      localizer,
      retry,
      keepsInput: !this.lostSecrets,
      unplaced: this.#form.unplaced,
    });
  }

  #renderActions(isNew: boolean) {
    const { localizer } = this.#localize;
    if (this.#guard.asking) return discardView(localizer, this.#keepEditing, this.#leave);
    const { saved: isSaved, problem } = this.#form;
    const edit = {
      form: this.#form,
      conflict: this.#conflict,
      hasOwnSave: true,
      isSaved,
      problem,
      useTheirs: this.#useTheirs,
    };
    return html`
      ${savedView(edit, localizer)}
      <button type="button" part="cancel" @click=${this.#leave}
        >${localizer.text('cancel')}</button>
      ${
        // A token that was deleted can be added again, but not saved.
        this.#isGone
          ? html`<button type="button" class="primary" part="add-again" @click=${this.#addAgain}>
              ${localizer.text('providerToken.addAgain')}
            </button>`
          : saveView(edit, localizer, localizer.text(isNew ? 'providerToken.add' : 'save'))
      }
    `;
  }
}
