import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { ownerKinds, roles } from './owner.js';
import { mapOf, openEnum, tolerantEnum } from './values.js';

/** The version of this contract. A client reads the answers of any server of the same version. */
export const contractVersion = 1;

export const sectionIds = [
  'profile',
  'providers',
  'api-keys',
  'notifications',
  'activity',
  'terms',
  'documentation',
] as const;
export type SectionId = (typeof sectionIds)[number];

export const menuFields = ['loginName', 'email', 'role'] as const;
export type MenuField = (typeof menuFields)[number];

export const apiKeyColumns = [
  'name',
  'description',
  'maskedValue',
  'owner',
  'module',
  'status',
  'createdAt',
  'createdBy',
  'lastUsedAt',
  'expiresAt',
] as const;
export type ApiKeyColumn = (typeof apiKeyColumns)[number];

/** How the written form of a new key is said. */
export type ApiKeyForm = { prefix: string } | { style: '8.32' };

/** How strictly the terms are read: what a host has written to the letter, what a server sends with tolerance. */
interface Reading {
  /** One of these values. */
  choice: <const T extends string>(values: readonly [T, ...T[]]) => z.ZodMiniType<T, T>;
  /** These members. */
  object: <const T extends z.core.$ZodLooseShape>(members: T) => z.ZodMiniObject<T>;
  format: z.ZodMiniType<ApiKeyForm, ApiKeyForm>;
}

/** What the policy that a host writes and the policy that a client is sent have in common. */
export const policyTerms = ({ choice, object, format }: Reading) => {
  const presence = () => choice(['optional', 'required', 'hidden']);
  const profileField = {
    access: choice(['read', 'edit', 'hidden']),
    required: z.optional(z.boolean()),
    /** Who to ask instead, where people may only read. */
    managedBy: z.optional(choice(['organization', 'identityProvider'])),
  };
  const ProfileField = object(profileField);
  return {
    layout: choice(['tabs', 'sections', 'page']),
    saving: choice(['section', 'page']),
    profile: object({
      fields: object({
        loginName: ProfileField,
        firstName: ProfileField,
        lastName: ProfileField,
        email: ProfileField,
        role: ProfileField,
        avatar: object({
          ...profileField,
          maxBytes: z.optional(z.number()),
          maxPixels: z.optional(z.number()),
          mediaTypes: z.optional(z.array(z.string())),
        }),
      }),
      editing: choice(['open', 'explicit']),
      /**
       * What the account menu says of somebody beside their name, whether or not the page has a field for it; without
       * it, as much as the page does.
       */
      menu: z.optional(object({ fields: z.array(openEnum(menuFields)) })),
    }),
    providerTokens: z.nullable(
      object({
        /** Whose tokens there can be, the default first. */
        owners: z.array(choice(ownerKinds)),
        presentation: choice(['list', 'perProvider']),
        fields: object({ name: presence(), code: presence(), description: presence() }),
        /** Ids from the catalogue, in the order to show them. */
        providers: z.array(z.string()),
        /** Whether agents may be handed the credential itself. */
        rawLeases: z.boolean(),
      }),
    ),
    apiKeys: z.nullable(
      object({
        noun: choice(['apiKey', 'apiToken']),
        verb: choice(['create', 'generate']),
        owner: choice(ownerKinds),
        presentation: choice(['list', 'single']),
        /** Usable keys an owner may have at once; `null` for any number. */
        limit: z.nullable(z.number()),
        atLimit: choice(['reject', 'replace']),
        fields: object({ name: presence(), description: presence() }),
        uniqueNames: z.boolean(),
        /** What a key can be restricted to; empty where every key opens all. */
        modules: z.array(object({ id: z.string(), name: z.string() })),
        expiry: object({
          mode: choice(['optional', 'required', 'none']),
          input: choice(['date', 'choices']),
          choicesInDays: z.array(z.number()),
          defaultInDays: z.nullable(z.number()),
          maxInDays: z.nullable(z.number()),
          /** Beside the choices, a date of one's own. */
          custom: z.boolean(),
        }),
        rotation: z.nullable(object({ graceSecondsChoices: z.array(z.number()) })),
        format,
        mask: choice(['hidden', 'last4', 'prefixLast4']),
        removal: choice(['delete', 'revokeThenDelete']),
        reveal: choice(['dialog', 'inline']),
        columns: z.array(openEnum(apiKeyColumns)),
        warnDaysBeforeExpiry: z.nullable(z.number()),
        /** The header that integrations send the key in, as shown to people. */
        header: z.string(),
      }),
    ),
    notifications: z.nullable(object({ events: z.array(z.string()) })),
    /** What this person administers, whichever organization is active; `null` for who administers none. */
    administration: z.nullable(object({ listsAllKeys: z.boolean() })),
    /** The host's own wording: `{ locale: { messageId: text } }`. */
    messages: z.optional(mapOf(mapOf(z.string()))),
  };
};

// Read as what it may be, typed as what this contract knows: one of a later contract is neither, and a client, which
// shows keys and makes none, does nothing with it.
const TolerantForm = z.object({
  prefix: z.optional(z.string()),
  style: z.optional(z.string()),
}) as unknown as z.ZodMiniType<ApiKeyForm, ApiKeyForm>;

/** What one person is offered in one organization. It does not say which product it is: nothing may ask. */
export const Policy = z.object({
  contractVersion: z.number(),
  /** The person it was resolved for. */
  userId: z.string(),
  /** The organization it was resolved for, and what the person may do with what that owns. */
  organization: z.nullable(
    z.object({
      id: z.string(),
      name: z.string(),
      role: openEnum(roles),
      access: tolerantEnum(['none', 'read', 'manage']),
    }),
  ),
  /** In the order shown. A section with an `href` is a link; a denied one says why it is not there. */
  sections: z.array(
    z.object({
      id: openEnum(sectionIds),
      href: z.optional(z.string()),
      denied: z.optional(openEnum(['role', 'no_organization'])),
    }),
  ),
  ...policyTerms({ choice: tolerantEnum, object: z.object, format: TolerantForm }),
});
export type Policy = z.output<typeof Policy>;
export type ProfileField = keyof Policy['profile']['fields'];
export type ProfileFieldPolicy = Policy['profile']['fields'][ProfileField];
export type ProviderTokensPolicy = NonNullable<Policy['providerTokens']>;
export type ApiKeysPolicy = NonNullable<Policy['apiKeys']>;

export const getPolicy = endpoint({
  id: 'getPolicy',
  method: 'GET',
  path: '/policy',
  answer: Policy,
});
