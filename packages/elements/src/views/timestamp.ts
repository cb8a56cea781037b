import { html, nothing } from 'lit';
import { agoText, dateText, instantText, timeText } from '../locales/dates.js';
import type { Localizer } from '../locales/localizer.js';

/** An instant in words of its own: the exact one on hover, and wherever the styles of times show it. */
export const instantView = (iso: string, localizer: Localizer, text: string) => {
  const exact = instantText(iso, localizer.locale);
  return html`<time datetime=${iso} title=${exact} data-exact=${exact}><span class="day">${text}</span></time>`;
};

/** A calendar date, or the day of an instant: then with its time on hover, and wherever the styles of times show it. */
export const dateView = (iso: string, localizer: Localizer, ago: unknown = nothing) => {
  const { locale } = localizer;
  const day = html`<span class="day">${dateText(iso, locale)}</span>`;
  return iso.length === 10
    ? html`<time datetime=${iso}>${day}</time>`
    : html`<time datetime=${iso} title=${instantText(iso, locale)} data-exact=${timeText(iso, locale)}>${day}${ago}</time>`;
};

/** The day of an instant, and how long ago that was. */
export const pastTimeView = (iso: string, localizer: Localizer) =>
  dateView(iso, localizer, html`${' '}<span class="ago">${agoText(iso, localizer)}</span>`);
