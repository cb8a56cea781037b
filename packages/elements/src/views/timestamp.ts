import { html } from 'lit';
import type { Localizer } from '../locales/localizer.js';

/** How long ago, or what `text` says, with the exact instant on hover and focus. */
export const timestampView = (iso: string, localizer: Localizer, text = localizer.relative(iso)) => html`
  <time datetime=${iso} title=${localizer.instant(iso)} tabindex="0" data-exact=${localizer.instant(iso)}>${text}</time>
`;
