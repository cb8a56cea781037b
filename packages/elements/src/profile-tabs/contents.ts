import type { Policy, SectionId } from '@ai-cockpit/sdk';
import { html, nothing, type TemplateResult } from 'lit';

const offersAvatar = (policy: Policy | undefined): boolean =>
  policy !== undefined && policy.profile.fields.avatar.access !== 'hidden';

/**
 * What each section holds, as the policy would have it. Until there is a policy, what it most likely holds: that begins
 * to read what it needs, and stays if the template is the same one then.
 */
const contents: Partial<Record<SectionId, (policy: Policy | undefined) => TemplateResult>> = {
  profile: (policy) =>
    html`${offersAvatar(policy) ? html`<profile-avatar></profile-avatar>` : nothing}<profile-form></profile-form>`,
  providers: () => html`<provider-token-list></provider-token-list>`,
  'api-keys': (policy) =>
    policy?.apiKeys?.presentation === 'single'
      ? html`<api-key-single></api-key-single>`
      : html`<api-key-list></api-key-list>`,
  activity: () => html`<activity-log></activity-log>`,
  notifications: () => html`<notification-settings></notification-settings>`,
};

/** A section of a later contract holds nothing that this version could show. */
export const hasContents = (id: string): id is SectionId => Object.hasOwn(contents, id);

/** Who somebody is, with nothing to change about it: there is no closing that, it stands above what opens and closes. */
export const headsPage = (id: string, { layout, profile: { fields } }: Policy): boolean =>
  id === 'profile' && layout === 'sections' && Object.values(fields).every(({ access }) => access !== 'edit');

export const contentsOf = (id: string, policy: Policy | undefined): TemplateResult | undefined =>
  hasContents(id) ? contents[id]?.(policy) : undefined;
