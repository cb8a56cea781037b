import { NotFoundError, type ProviderToken, type ProviderTokensResource, VersionStaleError } from '@ai-cockpit/sdk';
import { html, type LitElement, nothing } from 'lit';
import { FormController } from '../controllers/form-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import type { Localizer } from '../locales/localizer.js';
import { dialogView } from '../views/dialog.js';
import { problemView } from '../views/problem.js';

export interface TokenRemovalView {
  /** What the token is called. */
  readonly title: string;
  readonly provider: string;
  readonly localizer: Localizer;
  readonly confirm: (event: SubmitEvent) => void;
}

/** What is asked before a token is deleted, and doing it. */
export class TokenRemoval {
  /** What is asked about, while it is. */
  token: ProviderToken | undefined;
  readonly form: FormController;
  readonly #modal: ModalController;

  constructor(host: LitElement) {
    this.form = new FormController(host);
    this.#modal = new ModalController(host, {
      closed: () => {
        this.token = undefined;
        this.form.reset();
      },
    });
  }

  ask(token: ProviderToken): void {
    this.token = token;
    this.#modal.open();
  }

  /**
   * Deletes it if `allowed` agrees, and closes. Where somebody else changed the token it is read again, so that
   * confirming once more deletes what is there now; any other failure stays in the dialog too.
   *
   * @returns whether it was deleted or was no longer there, or `undefined` where it still is
   */
  async confirm(
    form: HTMLFormElement,
    tokens: ProviderTokensResource | undefined,
    allowed: () => boolean,
  ): Promise<'deleted' | 'gone' | undefined> {
    const { token } = this;
    if (!token || !tokens) return undefined;
    const outcome = await this.form.submit(
      form,
      async (signal) => {
        try {
          await tokens.delete(token.id, { version: token.version, signal });
          return 'deleted';
        } catch (error) {
          if (error instanceof NotFoundError) return 'gone';
          if (error instanceof VersionStaleError) this.token = await tokens.get(token.id, { signal });
          throw error;
        }
      },
      allowed,
    );
    if (outcome) this.#modal.close();
    return outcome;
  }

  view({ title, provider, localizer, confirm }: TokenRemovalView) {
    const { pending, problem } = this.form;
    return dialogView({
      modal: this.#modal,
      role: 'alertdialog',
      title: localizer.text('providerToken.deleteTitle', { name: title }),
      describedBy: 'delete-body',
      content: html`<form novalidate aria-busy=${pending} @submit=${confirm}>
        <div class="dialog-body">
          <p id="delete-body">${localizer.text('providerToken.deleteBody', { provider })}</p>
          ${problem ? problemView({ error: problem, localizer }) : nothing}
        </div>
        <div class="dialog-actions">
          <button type="button" part="cancel" @click=${this.#modal.dismiss}>${localizer.text('cancel')}</button>
          <button class="danger" part="confirm" aria-disabled=${pending}>
            ${localizer.text(pending ? 'deleting' : 'providerToken.delete')}
          </button>
        </div>
      </form>`,
    });
  }
}
