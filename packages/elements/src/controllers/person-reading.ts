import type { Policy, Profile } from '@ai-cockpit/sdk';
import { sharedPolicy } from '../connection/shared-clients.js';
import type { ReadOptions } from './read-controller.js';

/** A person, and what the policy says of how they are shown and changed. */
export interface Person {
  readonly policy: Policy;
  readonly profile: Profile;
}

/** How a `ReadController` reads who is signed in, and when again. */
export const personReading: Pick<ReadOptions<Person>, 'read' | 'refreshOn'> = {
  read: async ({ client, organizationId, signal }) => {
    const [policy, profile] = await Promise.all([sharedPolicy(client, organizationId), client.profile.get({ signal })]);
    return { policy, profile };
  },
  refreshOn: ({ resource }) => resource === 'profile',
};
