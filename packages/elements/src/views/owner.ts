import type { Policy } from '@ai-cockpit/sdk';
import type { Localizer, ProviderTokenId } from '../locales/localizer.js';

/** The name of an owner: "Acme (organization)" or "Only me". */
export const ownerName = (kind: string, { organization }: Policy, localizer: Localizer<ProviderTokenId>): string =>
  kind === 'organization' && organization
    ? localizer.text('owner.organization', { name: organization.name })
    : localizer.text('owner.user');
