import { html } from 'lit';
import { chevronIcon } from '../icons/icons.js';

export interface SectionHead {
  readonly id: string;
  readonly title: string;
  readonly isOpen: boolean;
  /** Opens or closes the section; `undefined` where it is always open. */
  readonly toggle: (() => void) | undefined;
}

/** The heading of a section, with a button where the section opens and closes. */
export const sectionHeadView = ({ id, title, isOpen, toggle }: SectionHead) =>
  toggle
    ? html`<h2 part="title">
        <button
          type="button"
          part="toggle"
          id="title-${id}"
          aria-expanded=${isOpen}
          aria-controls="panel-${id}"
          @click=${toggle}
        >
          ${title}${chevronIcon}
        </button>
      </h2>`
    : html`<h2 part="title" id="title-${id}" tabindex="-1">${title}</h2>`;
