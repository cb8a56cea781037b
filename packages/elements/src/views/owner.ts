import type { Policy } from '@ai-cockpit/sdk';
import type { Localizer, ProviderTokenId } from '../locales/localizer.js';

/** The name of an owner: "Acme (organization)" or "Only me". */
export const ownerName = (kind: string, { organization }: Policy, localizer: Localizer<ProviderTokenId>): string =>
  kind === 'organization' && organization
    ? localizer.text('owner.organization', { name: organization.name })
    : localizer.text('owner.user');

/** The name of an owner's list: "Acme (organization)" or "Personal". */
export const ownerListName = (kind: string, policy: Policy, localizer: Localizer<ProviderTokenId>): string =>
  kind === 'user' ? localizer.text('owner.personal') : ownerName(kind, policy, localizer);
