import type { Environment } from '../domain/environment.js';
import { profileOf, uneditableFields, updateProfile } from '../domain/people.js';
import { membershipIn } from '../domain/access.js';
import type { HandlersOf } from './handler.js';

export const profileHandlers = (
  environment: Environment,
): HandlersOf<'getPolicy' | 'getProfile' | 'updateProfile'> => ({
  getPolicy: ({ caller: { user } }) => ({
    act: ({ query: { organizationId } }) => {
      const membership =
        organizationId === undefined ? (user.memberships[0] ?? null) : membershipIn(user, organizationId);
      return environment.policies.resolve(user, membership);
    },
  }),

  getProfile: ({ caller: { user } }) => ({ act: () => profileOf(environment, user) }),

  updateProfile: async ({ caller: { user }, actor }) => {
    const terms = environment.policies.termsFor(user.memberships[0]?.role);
    return {
      version: (await profileOf(environment, user)).version,
      uneditable: (members) => uneditableFields(terms, members),
      act: ({ body, version }) => updateProfile(environment, user, actor, version, body),
    };
  },
});
