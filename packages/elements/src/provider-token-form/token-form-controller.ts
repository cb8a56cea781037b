import { NotFoundError, PageLeftError, type ProviderToken } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { EditController } from '../controllers/edit-controller.js';
import { type Control, isSecretInput } from '../controllers/form-controller.js';
import { PageLifecycleController } from '../controllers/page-lifecycle-controller.js';
import { ProviderTokenSavedEvent, ProviderTokenSaveEvent } from '../events/provider-token-events.js';
import type { ConflictId, Localizer, ProviderTokenId } from '../locales/localizer.js';
import { comparedFields } from '../provider-tokens/changes.js';
import type { FormModel } from './form-model.js';
import { askedFields, checkValue, isCode, pathOf } from '../provider-tokens/provider-fields.js';
import { SecretInputs } from './secret-inputs.js';
import { TokenDraft, type TokenEdits } from './token-draft.js';
import { tokenRequests } from './token-requests.js';

export interface TokenFormOptions {
  readonly model: () => FormModel | undefined;
  /** Shows a model whose token another answer has brought. */
  readonly show: (model: FormModel) => void;
  /** The provider that the host chose. */
  readonly provider: () => string | undefined;
  readonly localizer: () => Localizer<ProviderTokenId | ConflictId>;
}

/** The form of a provider token without its markup: the edits, the secrets in their inputs, and the requests. */
export class TokenFormController {
  /** Whether typed secrets were dropped when the page was left, and none was typed since. */
  lostSecrets = false;
  readonly secrets: SecretInputs;
  readonly edit: EditController<ProviderToken, TokenEdits>;
  readonly draft: TokenDraft;
  readonly #host: LitElement & ConnectedInterface;
  readonly #options: TokenFormOptions;

  constructor(host: LitElement & ConnectedInterface, options: TokenFormOptions) {
    const { model, show, provider } = options;
    this.#host = host;
    this.#options = options;
    this.secrets = new SecretInputs(() => host.shadowRoot);
    this.edit = new EditController(host, {
      stored: () => model()?.token,
      show: (token) => {
        const value = model();
        if (value?.token) show({ ...value, token });
      },
      ...tokenRequests({ model, show, filledForm: (value) => this.draft.filledForm(value, this.secrets) }),
      compare: (before, now) => this.#compare(before, now),
      maySave: () => host.dispatchEvent(new ProviderTokenSaveEvent(this.draft.summary)),
      onSaved: (token) => host.dispatchEvent(new ProviderTokenSavedEvent(token)),
      check: ({ name, value }) => {
        if (name === 'code') return isCode(value) ? undefined : 'format';
        const field = this.draft.fieldAt(name);
        return field && checkValue(field, value);
      },
      isEdited: (path) => this.draft.isEdited(path),
      secrets: this.secrets,
      standsAlone: true,
    });
    this.draft = new TokenDraft({ model, provider, edit: this.edit });
    new PageLifecycleController(host, { onHide: () => this.#dropSecrets() });
  }

  /** Whether another person deleted the token that is edited. */
  get isGone(): boolean {
    return this.edit.problem instanceof NotFoundError && this.#options.model()?.token !== undefined;
  }

  /** Drops the draft, and aborts a pending request. */
  reset(): void {
    this.edit.reset();
    this.lostSecrets = false;
  }

  readonly handleInput = (event: Event): void => {
    // The inputs, selects and text areas of the form are its only sources of this event.
    const control = event.target as Control;
    if (isSecretInput(control)) this.lostSecrets = false;
    this.edit.handleInput(event);
    if (control.type !== 'select-one') return;
    // Another answer may ask for other secrets; another provider always does.
    const { chosen, valueAt } = this.draft;
    const asked = control.name !== 'provider' && chosen ? askedFields(chosen, valueAt).map(pathOf) : [];
    this.secrets.empty((path) => !asked.includes(path));
  };

  readonly handleChange = ({ target }: Event): void => {
    // As above.
    const control = target as Control;
    if (!isSecretInput(control)) this.draft.normalize(control.name, control.value);
    this.edit.form.validate(control);
  };

  readonly handleSubmit = (event: SubmitEvent): void => {
    if (this.isGone) return event.preventDefault();
    this.draft.normalizeAll();
    // Away from the fields, which are inert during the request.
    event.submitter?.focus();
    this.edit.handleSubmit(event);
  };

  readonly undo = (path: string): void => {
    this.draft.undo(path);
    this.edit.focusOn(`[name="${path}"]`);
  };

  readonly toggleSecret = (path: string): void => {
    this.secrets.toggle(path);
    this.#host.requestUpdate();
  };

  /** Turns the values of a token that another person deleted into a new one. */
  addAgain(): void {
    const { model, show } = this.#options;
    const value = model();
    if (!value?.token) return;
    const values = this.draft.valuesOf(value.token);
    this.edit.renew();
    show({ ...value, token: undefined });
    this.edit.change(values);
  }

  /** Drops typed secrets when the page is left. The rest of the draft may stay for the same person. */
  #dropSecrets(): void {
    if (this.secrets.typed.length === 0) return;
    this.secrets.empty();
    this.lostSecrets = true;
    // A pending request would be repeated without the secrets.
    this.edit.form.interrupt(new PageLeftError());
    this.#host.requestUpdate();
  }

  #compare(before: ProviderToken, now: ProviderToken) {
    const { model, localizer } = this.#options;
    const secrets = this.secrets.typed.map((path) => [path, ''] as const);
    return comparedFields({
      before,
      now,
      provider: this.draft.chosen,
      fields: model()?.policy.providerTokens?.fields,
      localizer: localizer(),
      mine: { ...this.edit.draft, ...Object.fromEntries(secrets) },
    });
  }
}
