import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { roles } from './owner.js';
import { openEnum } from './values.js';

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
