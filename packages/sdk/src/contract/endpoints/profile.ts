import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { roles } from './owner.js';
import { openEnum } from './values.js';

/** The media types of avatars, in requests and answers; the content is checked too. */
export const avatarMediaTypes = ['image/webp', 'image/png', 'image/jpeg'] as const;

/** The default limits of avatars. */
export const avatarLimits = { maxBytes: 2_000_000, maxPixels: 16_000_000, mediaTypes: avatarMediaTypes } as const;

/** An organization that the person belongs to, and their role in it. */
export const OrganizationMembership = z.object({
  /** The value for `organizationId`, in paths and queries. */
  id: z.string(),
  /** The name of the organization. */
  name: z.string(),
  /**
   * The person’s role there: `administrator` and `manager` change what the organization owns, `member` sees it,
   * `viewer` does not.
   */
  role: openEnum(roles),
});

/**
 * The signed-in person. Every member is present, also those that the policy hides: the policy says what a page shows.
 */
export const Profile = z.object({
  /** The same as the policy’s `userId`, and as the person that `X-User-Id` names. */
  id: z.string(),
  /** The name that the person signs in with; never edited here. May be empty. */
  loginName: z.string(),
  /** May be empty, unless the policy requires it. */
  firstName: z.string(),
  /** May be empty, unless the policy requires it. */
  lastName: z.string(),
  /** May be empty, unless the policy requires it. */
  email: z.string(),
  /** The role in the first organization; `null` for a person who belongs to none. Each membership has its own. */
  role: z.nullable(openEnum(roles)),
  /**
   * The address of the avatar, as a reference to be resolved against the API’s address; another one for each picture. Fit for
   * `<img src>` where the session is a cookie; with a token, call `getAvatar`. `null` where there is no avatar, or the
   * policy hides it.
   */
  avatarUrl: z.nullable(z.string()),
  /** The organizations of the person, the default one first. May be empty. */
  organizations: z.array(OrganizationMembership),
  /** Begins at 1. Saving a field, and setting or removing the avatar, move it; roles and memberships do not. */
  version: z.number(),
});
export type Profile = z.output<typeof Profile>;

export const getProfile = endpoint({
  id: 'getProfile',
  method: 'GET',
  path: '/profile',
  answer: Profile,
});

export const updateProfile = endpoint({
  id: 'updateProfile',
  method: 'PATCH',
  path: '/profile',
  writes: 'profile',
  versioned: true,
  answer: Profile,
});

export const getAvatar = endpoint({
  id: 'getAvatar',
  method: 'GET',
  path: '/profile/avatar',
  answer: { mediaTypes: avatarMediaTypes },
});

/** By the profile's version, as is its removal. */
export const setAvatar = endpoint({
  id: 'setAvatar',
  method: 'PUT',
  path: '/profile/avatar',
  writes: 'profile',
  versioned: true,
  answer: Profile,
});

export const removeAvatar = endpoint({
  id: 'removeAvatar',
  method: 'DELETE',
  path: '/profile/avatar',
  writes: 'profile',
  versioned: true,
  answer: Profile,
});
