import { html } from 'lit';
import { instantText, relativeText } from '../locales/dates.js';

/** How long ago, or what `text` says, with the exact instant on hover and focus. */
export const timestampView = (iso: string, locale: string, text = relativeText(iso, locale)) => {
  const exact = instantText(iso, locale);
  return html`<time datetime=${iso} title=${exact} tabindex="0" data-exact=${exact}>${text}</time>`;
};
