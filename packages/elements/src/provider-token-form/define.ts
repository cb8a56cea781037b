import { define } from '../connection/define-element.js';
import { ProviderTokenFormElement } from './provider-token-form.js';

define('provider-token-form', ProviderTokenFormElement);

declare global {
  interface HTMLElementTagNameMap {
    'provider-token-form': ProviderTokenFormElement;
  }
}
