import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { roles } from './owner.js';
import { openEnum } from './values.js';

/** What an avatar may be sent as, and is answered as: one of these, by its content too. */
export const avatarMediaTypes = ['image/webp', 'image/png', 'image/jpeg'] as const;

/** What holds for avatars where the policy says nothing else. */
export const avatarLimits = { maxBytes: 2_000_000, maxPixels: 16_000_000, mediaTypes: avatarMediaTypes } as const;

export const OrganizationMembership = z.object({ id: z.string(), name: z.string(), role: openEnum(roles) });

export const Profile = z.object({
  id: z.string(),
  loginName: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  /** The role in the first organization; each membership has its own. */
  role: z.nullable(openEnum(roles)),
  /**
   * Where the avatar is, as a reference to resolve against the API's address: another one for each picture. Good for an
   * `<img>` where the session is a cookie; whoever has a token asks `getAvatar`. `null` where there is none to be seen.
   */
  avatarUrl: z.nullable(z.string()),
  organizations: z.array(OrganizationMembership),
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
  versioned: true,
  answer: Profile,
});

export const removeAvatar = endpoint({
  id: 'removeAvatar',
  method: 'DELETE',
  path: '/profile/avatar',
  versioned: true,
  answer: Profile,
});
