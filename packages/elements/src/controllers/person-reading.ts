import type { Policy, Profile } from '@ai-cockpit/sdk';
import type { AccessOptions } from './access-controller.js';
import type { ReadContext } from './read-controller.js';

export interface PersonData {
  readonly profile: Profile;
}

/** A person, and how the policy lets the profile be shown and changed. */
export interface Person extends PersonData {
  readonly policy: Policy;
}

/** Options by which an `AccessController` reads who is signed in. */
export const personReading = {
  read: async ({ client, signal }: ReadContext) => ({ profile: await client.profile.get({ signal }) }),
  refreshOn: ({ resource }) => resource === 'profile',
} satisfies AccessOptions<PersonData, string>;
