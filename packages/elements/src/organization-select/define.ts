import { define } from '../connection/define-element.js';
import { OrganizationSelectElement } from './organization-select.js';

define('organization-select', OrganizationSelectElement);

declare global {
  interface HTMLElementTagNameMap {
    'organization-select': OrganizationSelectElement;
  }
}
