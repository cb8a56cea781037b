import { type ApiKey, type ApiKeysResource, NotFoundError, VersionStaleError } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import { FormController } from '../controllers/form-controller.js';
import { ModalController } from '../controllers/modal-controller.js';

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
