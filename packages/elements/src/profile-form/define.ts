import { define } from '../connection/define-element.js';
import { ProfileFormElement } from './profile-form.js';

define('profile-form', ProfileFormElement);

declare global {
  interface HTMLElementTagNameMap {
    'profile-form': ProfileFormElement;
  }
}
