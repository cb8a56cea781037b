import * as z from 'zod/mini';
import * as endpoints from './endpoints/profile.js';
import { operation } from './operation.js';
import { Email, PersonName } from './text.js';

/** What is left out stays as it is; what the policy requires, and only that, may not be left empty. */
export const ProfilePatch = z.strictObject({
  firstName: z.optional(PersonName),
  lastName: z.optional(PersonName),
  email: z.optional(z.union([z.literal(''), Email])),
});
export type ProfilePatch = z.input<typeof ProfilePatch>;

/** What makes the address of each picture its own; whatever it says, the present one is answered. */
export const AvatarQuery = z.strictObject({ version: z.optional(z.string().check(z.regex(/^\d{1,15}$/))) });

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

  getAvatar: operation(endpoints.getAvatar, {
    callers: ['user'],
    query: AvatarQuery,
    status: 200,
    problems: ['not_found', 'not_offered'],
  }),

  /** Decoded and encoded anew: nothing but the picture is kept of what is sent, and of that at most 512 × 512 pixels. */
  setAvatar: operation(endpoints.setAvatar, {
    callers: ['user'],
    body: { mediaTypes: endpoints.avatarMediaTypes },
    status: 200,
    problems: ['not_offered', 'field_not_editable'],
  }),

  removeAvatar: operation(endpoints.removeAvatar, {
    callers: ['user'],
    status: 200,
    problems: ['not_found', 'not_offered', 'field_not_editable'],
  }),
};
