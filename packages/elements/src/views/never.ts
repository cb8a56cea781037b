import { html } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';

/** Stands for an instant that there is none of: quieter than one, wherever it is. */
export const neverView = (id: 'neverUsed' | 'neverExpires', localizer: Localizer<ListId>) =>
  html`<span class="muted">${localizer.text(id)}</span>`;
