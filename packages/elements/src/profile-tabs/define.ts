import { define } from '../connection/define-element.js';
import '../activity-log/define.js';
import '../api-key-list/define.js';
import '../api-key-single/define.js';
import '../notification-settings/define.js';
import '../profile-avatar/define.js';
import '../profile-form/define.js';
import '../provider-token-list/define.js';
import { ProfileTabsElement } from './profile-tabs.js';

define('profile-tabs', ProfileTabsElement);

declare global {
  interface HTMLElementTagNameMap {
    'profile-tabs': ProfileTabsElement;
  }
}
