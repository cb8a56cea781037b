import { identityOf, refuseUnlessOpens } from '../domain/key-check.js';
import type { Leases } from '../domain/leases.js';
import type { HandlersOf } from './handler.js';
import { json } from './reply.js';

export const integrationHandlers = (leases: Leases): HandlersOf<'whoAmI' | 'leaseCredential'> => ({
  whoAmI: ({ caller: { key } }) => ({
    act: ({ query: { module } }) => {
      if (module !== undefined) refuseUnlessOpens(key, module);
      return json(identityOf(key));
    },
  }),

  leaseCredential: async ({ caller, actor }) => {
    await leases.refuseUnlessOffered(caller, actor);
    return { act: async ({ body }) => json(await leases.lease(caller, actor, body)) };
  },
});
