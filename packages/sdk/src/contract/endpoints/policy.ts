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

/** The form of the values of new keys. */
export type ApiKeyForm =
  | {
      /** The prefix of values, before the underscore: 2–10 lower-case letters and digits, the first a letter. */
      prefix: string;
    }
  | {
      /** Values of 8 characters, a dot and 32 characters, all of `0-9A-Za-z`, without a checksum. */
      style: '8.32';
    };

/** How strictly a policy is read: a host's own policy to the letter, a server's answer with tolerance. */
interface Reading {
  /** One of these values. */
  choice: <const T extends string>(values: readonly [T, ...T[]]) => z.ZodMiniType<T, T>;
  /** These members. */
  object: <const T extends z.core.$ZodLooseShape>(members: T) => z.ZodMiniObject<T>;
  format: z.ZodMiniType<ApiKeyForm, ApiKeyForm>;
}

/** The members that a host's policy and the policy in a server's answer have in common. */
export const policyMembers = ({ choice, object, format }: Reading) => {
  const presence = () => choice(['optional', 'required', 'hidden']);
  const profileField = {
    /** `edit`: shown and changed. `read`: shown. `hidden`: not shown; a write to it is 403 `field_not_editable`. */
    access: choice(['read', 'edit', 'hidden']),
    /** Whether the field may not be left empty. */
    required: z.optional(z.boolean()),
    /** Who changes the field, if people may only read it. */
    managedBy: z.optional(choice(['organization', 'identityProvider'])),
  };
  const ProfileField = object(profileField);
  return {
    /** How the sections are laid out: as tabs, as sections that open and close, or under one another. */
    layout: choice(['tabs', 'sections', 'page']),
    /** `section`: each form has its own Save. `page`: one Save for the whole page. */
    saving: choice(['section', 'page']),
    /**
     * The terms for the profile. They are the same whichever organization is active: the terms of the first
     * one.
     */
    profile: object({
      /** For each field, whether it is shown and changed. */
      fields: object({
        /** `read` or `hidden`: no operation changes it. */
        loginName: ProfileField,
        /** The first name. */
        firstName: ProfileField,
        /** The last name. */
        lastName: ProfileField,
        /** The e-mail address of the profile. */
        email: ProfileField,
        /** `read` or `hidden`: no operation changes it. */
        role: ProfileField,
        /** The picture of the person. */
        avatar: object({
          ...profileField,
          /** The most bytes that `setAvatar` takes; 2,000,000 unless given. */
          maxBytes: z.optional(z.number()),
          /** The most pixels that a picture may have; 16,000,000 unless given. */
          maxPixels: z.optional(z.number()),
          /** The accepted media types; PNG, JPEG and WebP unless given. */
          mediaTypes: z.optional(z.array(z.string())),
        }),
      }),
      /** `open`: the fields are inputs from the start. `explicit`: only after Edit. */
      editing: choice(['open', 'explicit']),
      /**
       * The details in the account menu besides the name, whether or not the page has a field for them. If absent,
       * the menu shows the details that the page shows.
       */
      menu: z.optional(
        object({
          /** In the order shown. */
          fields: z.array(openEnum(menuFields)),
        }),
      ),
    }),
    /** The terms for provider tokens; `null` where none are offered: their operations are 403 `not_offered`. */
    providerTokens: z.nullable(
      object({
        /** The kinds of owner, the default first. The operations of another kind are 403 `not_offered`. */
        owners: z.array(choice(ownerKinds)),
        /**
         * `list`: any number of tokens a provider. `perProvider`: at most one a provider; a second is 422 `duplicate`
         * at `provider`.
         */
        presentation: choice(['list', 'perProvider']),
        /** The descriptive fields that are asked for. A hidden one that is sent is 422 `not_offered`. */
        fields: object({
          /** Whether a token has a name. */
          name: presence(),
          /** Whether a token has a code. */
          code: presence(),
          /** Whether a token has a description. */
          description: presence(),
        }),
        /** Ids from the catalogue, in the order shown. */
        providers: z.array(z.string()),
        /** Whether agents may be given the credential itself, by `leaseCredential`. */
        rawLeases: z.boolean(),
      }),
    ),
    /** The terms for API keys; `null` where none are offered: their operations are 403 `not_offered`. */
    apiKeys: z.nullable(
      object({
        /** The noun for a key. */
        noun: choice(['apiKey', 'apiToken']),
        /** The verb for creating one. */
        verb: choice(['create', 'generate']),
        /** The kind of owner. The operations of the other kind are 403 `not_offered`. */
        owner: choice(ownerKinds),
        /** `list`: a list of keys. `single`: one key at a time. */
        presentation: choice(['list', 'single']),
        /**
         * How many usable keys an owner may have at once; `null` for no limit but the server’s own: 10,000 keys of one
         * owner. Usable is what is neither revoked nor expired.
         */
        limit: z.nullable(z.number()),
        /**
         * At the limit, `reject`: 409 `limit_reached`. `replace`: the oldest usable key is revoked as the new one is
         * created.
         */
        atLimit: choice(['reject', 'replace']),
        /** The descriptive fields that are asked for. A hidden one that is sent is 422 `not_offered`. */
        fields: object({
          /** Whether a key has a name. */
          name: presence(),
          /** Whether a key has a description. */
          description: presence(),
        }),
        /** Whether the name of a new key has to differ from those of the owner’s other keys, revoked ones aside. */
        uniqueNames: z.boolean(),
        /** The modules that a key can be restricted to; empty where keys cannot be restricted. */
        modules: z.array(
          object({
            /** The value for `module`. */
            id: z.string(),
            /** The name that people are shown. */
            name: z.string(),
            /** The name in other languages, `{ locale: { name: text } }`. */
            messages: z.optional(mapOf(mapOf(z.string()))),
          }),
        ),
        /** Whether and how a key ends. */
        expiry: object({
          /**
           * `required`: every key has an end. `optional`: it may have. `none`: it has none, and a request that names
           * one is 422.
           */
          mode: choice(['optional', 'required', 'none']),
          /**
           * `date`: people pick a date, sent as `expiresAt`. `choices`: they choose a number of days, sent as
           * `expiresInDays`.
           */
          input: choice(['date', 'choices']),
          /** The numbers of days to choose from. */
          choicesInDays: z.array(z.number()),
          /** The choice that is selected at first; `null` for none. */
          defaultInDays: z.nullable(z.number()),
          /** The latest end, in days from now; `null` for any. */
          maxInDays: z.nullable(z.number()),
          /** Whether people may pick a date beside the choices. */
          custom: z.boolean(),
        }),
        /** For an operation that a later version may have; `null` where keys are not rotated. */
        rotation: z.nullable(
          object({
            /** For how long the old key may go on working. */
            graceSecondsChoices: z.array(z.number()),
          }),
        ),
        /**
         * The form of the values of new keys: `{ "prefix": "aic" }` or `{ "style": "8.32" }`. Described at `secret`.
         */
        format,
        /** How much of a value is shown again: see `maskedValue`. */
        mask: choice(['hidden', 'last4', 'prefixLast4']),
        /**
         * `delete`: any key can be deleted. `revokeThenDelete`: an active one has to be revoked first; deleting it is
         * 409 `not_revoked`.
         */
        removal: choice(['delete', 'revokeThenDelete']),
        /** Where a new value is shown: in a dialog, or in its place on the page. */
        reveal: choice(['dialog', 'inline']),
        /** The columns of the list, in the order shown. */
        columns: z.array(openEnum(apiKeyColumns)),
        /** From how many days before its end a key is marked as ending; `null` for never. */
        warnDaysBeforeExpiry: z.nullable(z.number()),
        /**
         * The request header that integrations send the key in, as shown to people. The server reads it there, in
         * `X-API-KEY` and as bearer.
         */
        header: z.string(),
      }),
    ),
    /** The terms for mail; `null` where none is offered: its operations are 403 `not_offered`. */
    notifications: z.nullable(
      object({
        /** The types of events that people may choose among, in the order shown. */
        events: z.array(z.string()),
      }),
    ),
    /** The person’s rights as an administrator, whichever organization is active; `null` for none. */
    administration: z.nullable(
      object({
        /** Whether `listAllApiKeys` and `revokeAnyApiKey` are offered. */
        listsAllKeys: z.boolean(),
      }),
    ),
    /** The name of the product in mails. If absent, mails name the host of its profile page. */
    productName: z.optional(z.string()),
    /** The colour of the buttons in mails, as `#2f5fd0`. Pages take their colours from their own style sheets. */
    accentColor: z.optional(z.string()),
    /** The host’s own wording: `{ locale: { messageId: text } }`. Absent for none. */
    messages: z.optional(mapOf(mapOf(z.string()))),
  };
};

// The cast types the form as one that this contract knows, although a later contract may send another. That does no
// harm: a client shows keys and makes none.
const TolerantForm = z.object({
  prefix: z.optional(z.string()),
  style: z.optional(z.string()),
}) as unknown as z.ZodMiniType<ApiKeyForm, ApiKeyForm>;

/**
 * The policy for one person in one organization. It does not identify the product: no client may depend on a product.
 */
export const Policy = z.object({
  /** The version of this contract: `1`. A page of another version does not know this server’s answers. */
  contractVersion: z.number(),
  /**
   * The person that it was resolved for: the `id` of their profile. Once a client knows it, it sends it as `X-User-Id`.
   */
  userId: z.string(),
  /** The organization that it was resolved for; `null` for a person who belongs to none. */
  organization: z.nullable(
    z.object({
      /** The value for `organizationId`. */
      id: z.string(),
      /** The name of the organization. */
      name: z.string(),
      /** The person’s role there. */
      role: openEnum(roles),
      /** The person’s access to what the organization owns: none, see it, or change it. */
      access: tolerantEnum(['none', 'read', 'manage']),
    }),
  ),
  /** The sections of the page, in the order shown. */
  sections: z.array(
    z.object({
      /** The section. One without terms in the policy (`providers`, `api-keys`, `notifications`) is left out. */
      id: openEnum(sectionIds),
      /** Makes the section a link: a path on the host’s origin, or an `https:` address. */
      href: z.optional(z.string()),
      /**
       * Why the person may not see the section’s content, which is then explained: their role, or that they belong to
       * no organization.
       */
      denied: z.optional(openEnum(['role', 'no_organization'])),
    }),
  ),
  ...policyMembers({ choice: tolerantEnum, object: z.object, format: TolerantForm }),
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
