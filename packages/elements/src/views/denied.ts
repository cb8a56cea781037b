import type { Policy } from '@ai-cockpit/sdk';
import { html } from 'lit';
import type { Localizer } from '../locales/localizer.js';

/** The title of a section: that of its content, where that is one thing. */
export const sectionTitle = (id: string, policy: Policy, localizer: Localizer): string =>
  id === 'api-keys' && policy.apiKeys?.presentation === 'single'
    ? localizer.text('section.api-key')
    : localizer.term('section', id);

/** Why a section cannot be seen: by the person's role, or as they are in no organization. */
export const deniedText = (id: string, policy: Policy, localizer: Localizer): string =>
  policy.organization
    ? localizer.text('sections.denied.role', {
        organization: policy.organization.name,
        role: localizer.term('role', policy.organization.role),
        section: sectionTitle(id, policy, localizer),
      })
    : localizer.text('sections.denied.no_organization');

export const deniedView = (id: string, policy: Policy, localizer: Localizer, className = 'empty') =>
  html`<p class=${className} part="denied">${deniedText(id, policy, localizer)}</p>`;

/** The same of API keys, which the policy may not offer at all, or not of this owner. */
export const keysDeniedView = (isOffered: boolean, policy: Policy, localizer: Localizer, className = 'empty') =>
  isOffered
    ? deniedView('api-keys', policy, localizer, className)
    : html`<p class=${className} part="denied">${localizer.text('apiKey.notOffered')}</p>`;
