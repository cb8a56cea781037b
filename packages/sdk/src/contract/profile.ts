import * as z from 'zod/mini';
import { operation } from './operation.js';
import { roles } from './owner.js';
import { Email, Name, openEnum } from './text.js';

export const OrganizationMembership = z.object({ id: z.string(), name: z.string(), role: openEnum(roles) });

export const Profile = z.object({
  id: z.string(),
  loginName: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  /** The role in the first organization; each membership has its own. */
  role: z.nullable(openEnum(roles)),
  avatarUrl: z.nullable(z.string()),
  organizations: z.array(OrganizationMembership),
  version: z.number(),
});
export type Profile = z.output<typeof Profile>;

export const ProfilePatch = z.strictObject({
  firstName: z.optional(Name),
  lastName: z.optional(Name),
  email: z.optional(Email),
});
export type ProfilePatch = z.input<typeof ProfilePatch>;

export const getProfile = operation({
  id: 'getProfile',
  method: 'GET',
  path: '/profile',
  callers: ['user'],
  status: 200,
  answer: Profile,
});

export const updateProfile = operation({
  id: 'updateProfile',
  method: 'PATCH',
  path: '/profile',
  callers: ['user'],
  body: ProfilePatch,
  versioned: true,
  status: 200,
  answer: Profile,
  problems: ['field_not_editable'],
});
