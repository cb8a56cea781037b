import { html } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';

/** “Never”, in place of a date, in a muted colour. */
export const neverView = (id: 'neverUsed' | 'neverExpires', localizer: Localizer<ListId>) =>
  html`<span class="muted">${localizer.text(id)}</span>`;
