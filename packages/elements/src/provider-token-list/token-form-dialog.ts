import type { ProviderToken } from '@ai-cockpit/sdk';
import { html, type LitElement, nothing } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { ModalController } from '../controllers/modal-controller.js';
import type { ProviderTokenCancelEvent, ProviderTokenSavedEvent } from '../events/provider-token-events.js';
import { dialogView } from '../views/dialog.js';
import type { ProviderTokenListLocalizer } from './columns.js';
import type { FormSubject } from './titles.js';

export interface TokenFormDialogOptions {
  readonly localizer: () => ProviderTokenListLocalizer;
  readonly title: (subject: FormSubject) => string;
  /** Called when the dialog has closed without a saved token. */
  readonly cancelled: () => void;
  /** Called before the dialog closes. */
  readonly saved: (token: ProviderToken) => void;
  /** Called when the dialog has closed. */
  readonly closed: (token: ProviderToken, isNew: boolean) => void;
}

/** The dialog with the form that adds or edits a provider token. */
export class TokenFormDialog {
  readonly #host: LitElement & ConnectedInterface;
  readonly #options: TokenFormDialogOptions;
  readonly #modal: ModalController;
  #subject: FormSubject | undefined;

  constructor(host: LitElement & ConnectedInterface, options: TokenFormDialogOptions) {
    this.#host = host;
    this.#options = options;
    this.#modal = new ModalController(host, {
      dismiss: () => this.#form?.mayLeave() ?? true,
      closed: () => {
        this.#subject = undefined;
      },
    });
  }

  get #form() {
    return this.#host.renderRoot.querySelector('provider-token-form');
  }

  async open(subject: FormSubject): Promise<void> {
    this.#subject = subject;
    this.#modal.open();
    await this.#host.updateComplete;
    this.#form?.focus();
  }

  close(): void {
    this.#modal.close();
  }

  readonly #handleAddAgain = (): void => {
    this.#subject = this.#subject && { ...this.#subject, isAddedAgain: true };
    this.#host.requestUpdate();
  };

  readonly #handleCancel = (event: ProviderTokenCancelEvent): void => {
    // The form belongs to this element: the host page does not hear of it.
    event.stopPropagation();
    this.close();
    this.#options.cancelled();
  };

  readonly #handleSaved = ({ providerToken }: ProviderTokenSavedEvent): void => {
    const isNew = this.#subject?.token?.id !== providerToken.id;
    this.#options.saved(providerToken);
    this.close();
    this.#options.closed(providerToken, isNew);
  };

  render() {
    if (!this.#subject) return nothing;
    const { token, provider, owner, organizationId } = this.#subject;
    const { locale, messages } = this.#options.localizer();
    return dialogView({
      modal: this.#modal,
      title: this.#options.title(this.#subject),
      content: html`<provider-token-form
        part="form"
        .client=${this.#host.connection.client}
        .organizationId=${organizationId}
        .locale=${locale}
        .messages=${messages}
        .tokenId=${token?.id}
        .provider=${provider}
        .owner=${owner}
        ?provider-named=${token ? !token.name : provider !== undefined}
        @add-again=${this.#handleAddAgain}
        @provider-token-cancel=${this.#handleCancel}
        @provider-token-saved=${this.#handleSaved}
      ></provider-token-form>`,
    });
  }
}
