import type { NotificationSettings } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { agoText } from '../locales/dates.js';
import type { notifications } from '../locales/en/notifications.js';
import type { Localizer } from '../locales/localizer.js';

/** In ms: mail that waits for less is on its way, and its age is not shown. */
const ordinaryWait = 60_000;

/** A notice that no mail can be sent, or, for administrators, that some waits. */
export const mailNoticeView = (
  { delivery, queue }: NotificationSettings,
  localizer: Localizer<keyof typeof notifications>,
) => {
  const isReady = delivery !== 'not_configured';
  if (isReady && !queue?.waiting) return nothing;
  return html`<div class="notice" part="notice">
    ${isReady ? nothing : html`<p>${localizer.text('notifications.notConfigured')}</p>`}
    ${queue?.waiting ? html`<p>${localizer.counted('notifications.waiting', queue.waiting)}</p>` : nothing}
    ${
      queue?.oldestAt && localizer.now() - Date.parse(queue.oldestAt) >= ordinaryWait
        ? html`<p>${localizer.text('notifications.waitingSince', { when: agoText(queue.oldestAt, localizer) })}</p>`
        : nothing
    }
  </div>`;
};
