import { html } from 'lit';
import { agoText, dateText, instantText } from '../locales/dates.js';
import type { Localizer } from '../locales/localizer.js';

/** A date, or what `text` says, and the exact instant: on hover, and wherever the styles of tables show it. */
export const timestampView = (iso: string, localizer: Localizer, text: unknown = dateText(iso, localizer.locale)) =>
  html`<time datetime=${iso} title=${instantText(iso, localizer.locale)}>${text}</time>`;

/** A date in a table with how long ago that was; where the exact instant is shown, that has the date in it. */
export const pastTimeView = (iso: string, localizer: Localizer) =>
  timestampView(
    iso,
    localizer,
    html`<span class="day">${dateText(iso, localizer.locale)}</span> <span class="ago">${agoText(iso, localizer)}</span>`,
  );
