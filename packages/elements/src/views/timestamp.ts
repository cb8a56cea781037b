import { html } from 'lit';
import { instantText, relativeText } from '../locales/dates.js';

/** How long ago, or what `text` says, and the exact instant: on hover, and wherever the styles of tables show it. */
export const timestampView = (iso: string, locale: string, text = relativeText(iso, locale)) =>
  html`<time datetime=${iso} title=${instantText(iso, locale)}>${text}</time>`;
