import { html, type TemplateResult } from 'lit';
import type { ModalController } from '../controllers/modal-controller.js';

export interface DialogView {
  readonly modal: ModalController;
  readonly title: string;
  /** Everything below the title: a form, or `dialog-body` and `dialog-actions`. */
  readonly content: TemplateResult;
  /** `alertdialog` where the person must decide before they continue. */
  readonly role?: 'dialog' | 'alertdialog';
  /** The ids of the nodes in `content` that describe an alert dialog. */
  readonly describedBy?: string;
}

/** The shell of every dialog; render it only while `modal.isOpen`. */
export const dialogView = ({ modal, title, content, role = 'dialog', describedBy }: DialogView) => html`
  <dialog
    id=${modal.id}
    part="dialog"
    role=${role}
    aria-labelledby="${modal.id}-title"
    aria-describedby=${describedBy ?? ''}
    closedby="none"
    @keydown=${modal.handleKeydown}
    @cancel=${modal.handleCancel}
  >
    <h2 id="${modal.id}-title" part="dialog-title">${title}</h2>
    ${content}
  </dialog>
`;
