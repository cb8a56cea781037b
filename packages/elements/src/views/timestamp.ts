import { html } from 'lit';
import { agoText, instantText } from '../locales/dates.js';
import type { Localizer } from '../locales/localizer.js';

/** How long ago, or what `text` says, and the exact instant: on hover, and wherever the styles of tables show it. */
export const timestampView = (iso: string, localizer: Localizer, text = agoText(iso, localizer)) =>
  html`<time datetime=${iso} title=${instantText(iso, localizer.locale)}>${text}</time>`;
