import { define } from '../connection/define-element.js';
import { ProfileAvatarElement } from './profile-avatar.js';

define('profile-avatar', ProfileAvatarElement);

declare global {
  interface HTMLElementTagNameMap {
    'profile-avatar': ProfileAvatarElement;
  }
}
