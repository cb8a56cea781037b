import { define } from '../connection/define-element.js';
import '../secret-reveal/define.js';
import { ApiKeySingleElement } from './api-key-single.js';

define('api-key-single', ApiKeySingleElement);

declare global {
  interface HTMLElementTagNameMap {
    'api-key-single': ApiKeySingleElement;
  }
}
