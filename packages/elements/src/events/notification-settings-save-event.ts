import type { NotificationSettings } from '@ai-cockpit/sdk';

/** `notification-settings-save` before they are saved, cancelable; `notification-settings-saved` after. */
export class NotificationSettingsSaveEvent extends Event {
  /** As they would be, or are now. */
  readonly settings: NotificationSettings;

  constructor(type: 'notification-settings-save' | 'notification-settings-saved', settings: NotificationSettings) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'notification-settings-save' });
    this.settings = settings;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'notification-settings-save': NotificationSettingsSaveEvent;
    'notification-settings-saved': NotificationSettingsSaveEvent;
  }
}
