import { contractVersion, getPolicy, type Policy } from './contract/endpoints/policy.js';
import { warnDeveloper } from './developer-warnings.js';
import { misfitText } from './errors.js';

/** Which member of a policy a section shows. */
const members = { providers: 'providerTokens', 'api-keys': 'apiKeys', notifications: 'notifications' } as const;

/**
 * Warns of a policy that is of its form and says what cannot be shown as it says. The reference server refuses such a
 * policy when it starts (`host-policy-contradictions.ts`); another may send it.
 */
export const warnOfPolicy = (policy: Policy): void => {
  const warn = (path: string, expected: string) => warnDeveloper(misfitText(getPolicy.id, path, expected));
  const { sections, apiKeys } = policy;
  if (policy.contractVersion !== contractVersion) warn('contractVersion', `${contractVersion}`);
  if (apiKeys?.presentation === 'single' && apiKeys.limit !== 1)
    warn('apiKeys.limit', '1, as the presentation is single');
  for (const { id, href, denied } of sections) {
    const member = members[id as keyof typeof members] as (typeof members)[keyof typeof members] | undefined;
    if (member && !href && !denied && policy[member] === null) warn(member, `not null, as there is a section ${id}`);
    if ((id === 'terms' || id === 'documentation') && !href) warn('sections.*.href', `an address for ${id}`);
  }
};
