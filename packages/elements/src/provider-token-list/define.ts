import { define } from '../connection/define-element.js';
import '../provider-token-form/define.js';
import { ProviderTokenListElement } from './provider-token-list.js';

define('provider-token-list', ProviderTokenListElement);

declare global {
  interface HTMLElementTagNameMap {
    'provider-token-list': ProviderTokenListElement;
  }
}
