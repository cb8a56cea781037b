import { define } from '../connection/define-element.js';
import '../api-key-create/define.js';
import { ApiKeyListElement } from './api-key-list.js';

define('api-key-list', ApiKeyListElement);

declare global {
  interface HTMLElementTagNameMap {
    'api-key-list': ApiKeyListElement;
  }
}
