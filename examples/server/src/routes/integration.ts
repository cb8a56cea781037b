import { identityOf, requireModuleAccess } from '../domain/key-check.js';
import { type LeaseContext, leaseCredential, requireLeasesOffered } from '../domain/leases.js';
import type { HandlersOf } from './handler.js';
import { json } from './reply.js';

export const integrationHandlers = (context: LeaseContext): HandlersOf<'whoAmI' | 'leaseCredential'> => ({
  whoAmI: ({ caller: { key } }) => ({
    act: ({ query: { module } }) => {
      if (module !== undefined) requireModuleAccess(key, module);
      return json(identityOf(key));
    },
  }),

  leaseCredential: async ({ caller, actor }) => {
    await requireLeasesOffered(context, caller, actor);
    return { act: async ({ body }) => json(await leaseCredential(context, caller, actor, body)) };
  },
});
