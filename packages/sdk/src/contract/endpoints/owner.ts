import * as z from 'zod/mini';
import { openEnum } from './values.js';

export const ownerKinds = ['user', 'organization'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** The owner of a key or provider token, on whose credentials a key acts. */
export const Owner = z.object({
  /** `user`: a person’s own. `organization`: the organization’s, for all who may see it. */
  kind: openEnum(ownerKinds),
  /** The id of the person or organization. */
  id: z.string(),
  /** The current name of the person or organization. */
  name: z.string(),
});
export type Owner = z.output<typeof Owner>;

/** The roles of a person in an organization: see "Who may do what" in docs/architecture.md. */
export const roles = ['administrator', 'manager', 'member', 'viewer'] as const;
export type Role = (typeof roles)[number];
