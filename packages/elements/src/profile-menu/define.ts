import { define } from '../connection/define-element.js';
import { ProfileMenuElement } from './profile-menu.js';

define('profile-menu', ProfileMenuElement);

declare global {
  interface HTMLElementTagNameMap {
    'profile-menu': ProfileMenuElement;
  }
}
