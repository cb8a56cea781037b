import { contractVersion, getPolicy, type Policy } from './contract/endpoints/policy.js';
import { warnDeveloper } from './developer-warnings.js';
import { misfitText } from './errors.js';

/** Whether the elements follow a link: to a page of the same origin, or to any other over TLS. */
const isAddress = (href: string): boolean => {
  const page = globalThis.document?.baseURI ?? 'https://host.example';
  if (!URL.canParse(href, page)) return false;
  const { protocol, origin } = new URL(href, page);
  return protocol === 'https:' || origin === new URL(page).origin;
};

/** The member of a policy that each section shows. */
const members = { providers: 'providerTokens', 'api-keys': 'apiKeys', notifications: 'notifications' } as const;

/**
 * Warns of a policy that fits the schema and contradicts itself. The reference server refuses such a policy when it
 * starts (`host-policy-contradictions.ts`); another backend may send it.
 */
export const warnOfPolicy = (policy: Policy): void => {
  const warn = (path: string, expected: string) => warnDeveloper(misfitText(getPolicy.id, path, expected));
  const { sections, apiKeys } = policy;
  if (policy.contractVersion !== contractVersion) warn('contractVersion', `${contractVersion}`);
  if (apiKeys?.presentation === 'single' && apiKeys.limit !== 1)
    warn('apiKeys.limit', '1, as the presentation is single');
  if (apiKeys?.presentation === 'list' && !apiKeys.columns.length) warn('apiKeys.columns', 'at least one column');
  if (!sections.length) warn('sections', 'at least one section');
  if (new Set(sections.map(({ id }) => id)).size < sections.length) warn('sections.*.id', 'each section once');
  for (const { id, href, denied } of sections) {
    if (href !== undefined && !isAddress(href)) warn('sections.*.href', 'a path on this origin or an https: address');
    const member = members[id as keyof typeof members] as (typeof members)[keyof typeof members] | undefined;
    if (member && !href && !denied && policy[member] === null) warn(member, `not null, as there is a section ${id}`);
    if ((id === 'terms' || id === 'documentation') && !href) warn('sections.*.href', `an address for ${id}`);
  }
};
