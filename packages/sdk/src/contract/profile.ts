import * as z from 'zod/mini';
import * as endpoints from './endpoints/profile.js';
import { operation } from './operation.js';
import { Email, Name } from './text.js';

export const ProfilePatch = z.strictObject({
  firstName: z.optional(Name),
  lastName: z.optional(Name),
  email: z.optional(Email),
});
export type ProfilePatch = z.input<typeof ProfilePatch>;

export const profileOperations = {
  getProfile: operation(endpoints.getProfile, {
    callers: ['user'],
    status: 200,
  }),

  updateProfile: operation(endpoints.updateProfile, {
    callers: ['user'],
    body: ProfilePatch,
    status: 200,
    problems: ['field_not_editable'],
  }),
};
