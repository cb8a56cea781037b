import { define } from '../connection/define-element.js';
import { CockpitClientElement } from './cockpit-client.js';

define('cockpit-client', CockpitClientElement);

declare global {
  interface HTMLElementTagNameMap {
    'cockpit-client': CockpitClientElement;
  }
}
