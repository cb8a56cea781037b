import { define } from '../connection/define-element.js';
import { NotificationSettingsElement } from './notification-settings.js';

define('notification-settings', NotificationSettingsElement);

declare global {
  interface HTMLElementTagNameMap {
    'notification-settings': NotificationSettingsElement;
  }
}
