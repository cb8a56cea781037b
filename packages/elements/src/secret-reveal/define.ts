import { define } from '../connection/define-element.js';
import { SecretRevealElement } from './secret-reveal.js';

define('secret-reveal', SecretRevealElement);

declare global {
  interface HTMLElementTagNameMap {
    'secret-reveal': SecretRevealElement;
  }
}
