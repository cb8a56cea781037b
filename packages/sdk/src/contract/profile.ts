import * as z from 'zod/mini';
import * as endpoints from './endpoints/profile.js';
import { operation } from './operation.js';
import { Email, PersonName } from './text.js';

/** The changes. A member that is left out stays as it is; a field that the policy requires may not be empty. */
export const ProfilePatch = z.strictObject({
  /** The first name; empty to remove it. */
  firstName: z.optional(PersonName),
  /** The last name; empty to remove it. */
  lastName: z.optional(PersonName),
  /** The e-mail address; empty to remove it. */
  email: z.optional(z.union([z.literal(''), Email])),
});
export type ProfilePatch = z.input<typeof ProfilePatch>;

/** The query of a picture’s address. */
export const AvatarQuery = z.strictObject({
  /** Gives each picture an address of its own, for caches. The answer is the present picture, whatever the value. */
  version: z.optional(z.string().check(z.regex(/^\d{1,15}$/))),
});

/** The signed-in person. */
export const profileOperations = {
  /** The signed-in person. */
  getProfile: operation(endpoints.getProfile, {
    callers: ['user'],
    status: 200,
  }),

  /**
   * Changes the fields that the policy lets this person edit. Any other field is 403 `field_not_editable`, and
   * nothing is changed. Without members, the answer is the present profile.
   */
  updateProfile: operation(endpoints.updateProfile, {
    callers: ['user'],
    body: ProfilePatch,
    status: 200,
    problems: ['field_not_editable'],
  }),

  /** The picture of the signed-in person. Sent with `nosniff`, and sandboxed by its own Content Security Policy. */
  getAvatar: operation(endpoints.getAvatar, {
    callers: ['user'],
    query: AvatarQuery,
    status: 200,
    problems: ['not_found', 'not_offered'],
  }),

  /**
   * Sets the picture, by the profile’s version. It is decoded and encoded anew: only the picture is kept, of at most
   * 512 × 512 pixels, without metadata.
   */
  setAvatar: operation(endpoints.setAvatar, {
    callers: ['user'],
    body: { mediaTypes: endpoints.avatarMediaTypes },
    status: 200,
    problems: ['not_offered', 'field_not_editable'],
  }),

  /** Removes the picture, by the profile’s version. */
  removeAvatar: operation(endpoints.removeAvatar, {
    callers: ['user'],
    status: 200,
    problems: ['not_found', 'not_offered', 'field_not_editable'],
  }),
};
