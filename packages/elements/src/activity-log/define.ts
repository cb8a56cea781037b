import { define } from '../connection/define-element.js';
import { ActivityLogElement } from './activity-log.js';

define('activity-log', ActivityLogElement);

declare global {
  interface HTMLElementTagNameMap {
    'activity-log': ActivityLogElement;
  }
}
