import { type ApiKey, type ApiKeysResource, NotFoundError, VersionStaleError } from '@ai-cockpit/sdk';
import { html, type LitElement, nothing } from 'lit';
import { FormController } from '../controllers/form-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import { alertIcon } from '../icons/icons.js';
import type { Localizer } from '../locales/localizer.js';
import { dialogView } from '../views/dialog.js';
import { problemView } from '../views/problem.js';
import { nameOf } from './columns.js';

/** The two ways in which a key ends. */
export type RemovalKind = 'revoke' | 'delete';

/** What is asked before a key ends, and ending it. */
export class KeyRemoval {
  readonly modal: ModalController;
  readonly form: FormController;
  /** What is asked about, while it is. */
  kind: RemovalKind = 'delete';
  apiKey: ApiKey | undefined;

  constructor(host: LitElement) {
    this.form = new FormController(host);
    this.modal = new ModalController(host, {
      // What is under way cannot be called back: how it went is still to be said.
      dismiss: () => !this.form.pending,
      closed: () => {
        this.apiKey = undefined;
        this.form.reset();
      },
    });
  }

  ask(kind: RemovalKind, apiKey: ApiKey): void {
    this.kind = kind;
    this.apiKey = apiKey;
    this.modal.open();
  }

  /**
   * Does what was asked, and closes. Where somebody else changed the key in the meantime it is read again, so that the
   * person can go on; any other failure stays in the dialog too.
   *
   * @returns the key as it was left, or `undefined` where nothing was done
   */
  async confirm(form: HTMLFormElement, keys: ApiKeysResource): Promise<ApiKey | 'gone' | undefined> {
    const { apiKey, kind } = this;
    if (!apiKey) return undefined;
    const { id, version } = apiKey;
    const outcome = await this.form.submit(form, async (signal): Promise<ApiKey | 'gone'> => {
      try {
        if (kind === 'revoke') return await keys.revoke(id, { signal });
        await keys.delete(id, { version, signal });
        return apiKey;
      } catch (error) {
        if (error instanceof NotFoundError) return 'gone';
        if (error instanceof VersionStaleError) this.apiKey = await keys.get(id, { signal });
        throw error;
      }
    });
    if (outcome) this.modal.close();
    return outcome;
  }
}

const problemOf = (error: unknown, localizer: Localizer) =>
  error instanceof VersionStaleError
    ? html`<div class="problem" part="problem" role="alert">
        ${alertIcon}
        <strong>${localizer.text('apiKeys.changed')}</strong>
        <p>${localizer.text('apiKeys.changed.advice')}</p>
      </div>`
    : problemView({ error, localizer });

/** Names the key, says what stops working, and has the focus on Cancel. */
export const removalView = (
  { modal, form: { pending, problem }, kind, apiKey }: KeyRemoval,
  localizer: Localizer,
  confirm: (event: SubmitEvent) => void,
) => {
  if (!apiKey) return nothing;
  const title = localizer.text(kind === 'revoke' ? 'apiKeys.revokeTitle' : 'apiKeys.deleteTitle');
  const busy = localizer.text(kind === 'revoke' ? 'apiKeys.revoking' : 'deleting');
  const consequence = apiKey.status === 'active' ? 'apiKeys.stopsWorking' : 'apiKeys.worksNoMore';
  return dialogView({
    modal,
    title,
    role: 'alertdialog',
    describedBy: 'consequence',
    content: html`<form novalidate aria-busy=${pending} @submit=${confirm}>
      <div class="dialog-body">
        <p id="consequence">${localizer.text(consequence, { name: nameOf(apiKey) })}</p>
        ${problem ? problemOf(problem, localizer) : nothing}
      </div>
      <div class="dialog-actions">
        <button type="button" part="cancel" aria-disabled=${pending} @click=${modal.dismiss}>
          ${localizer.text('cancel')}
        </button>
        <button class="danger" part="confirm" aria-disabled=${pending}>${pending ? busy : title}</button>
      </div>
    </form>`,
  });
};
