import { define } from '../connection/define-element.js';
import '../secret-reveal/define.js';
import { ApiKeyCreateElement } from './api-key-create.js';

define('api-key-create', ApiKeyCreateElement);

declare global {
  interface HTMLElementTagNameMap {
    'api-key-create': ApiKeyCreateElement;
  }
}
