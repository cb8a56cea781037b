import type { Policy } from '@ai-cockpit/sdk';
import { html } from 'lit';
import type { Localizer } from '../locales/localizer.js';

/** Why something cannot be seen: by the person's role, or as they are in no organization. */
export const deniedView = ({ organization }: Policy, localizer: Localizer, className = 'empty') =>
  html`<p class=${className} part="denied">
    ${
      organization
        ? localizer.text('sections.denied.role', { organization: organization.name })
        : localizer.text('sections.denied.no_organization')
    }
  </p>`;

/** The same of API keys, which the policy may not offer at all, or not of this owner. */
export const keysDeniedView = (isOffered: boolean, policy: Policy, localizer: Localizer, className = 'empty') =>
  isOffered
    ? deniedView(policy, localizer, className)
    : html`<p class=${className} part="denied">${localizer.text('apiKey.notOffered')}</p>`;
