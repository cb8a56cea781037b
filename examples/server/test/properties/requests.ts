import type { ApiKey, HostPolicy, Role } from '@ai-cockpit/sdk/contract';

/** Requests and answers as the model has them: names in place of secrets, whole minutes since 1970 in place of instants. */

export type Person = 'Ada' | 'Max' | 'Mia' | 'Vic' | 'Gus';
export type Organization = 'acme' | 'globex';
/** Below which path a credential is: the person's own, or an organization's. */
/** The path that a credential is at: among the person's own, or an organization's. */
export type Place = 'own' | Organization;

export const roles: Readonly<Record<Person, Partial<Record<Organization, Role>>>> = {
  Ada: { acme: 'administrator', globex: 'member' },
  Max: { acme: 'manager', globex: 'administrator' },
  Mia: { acme: 'member' },
  Vic: { acme: 'viewer' },
  Gus: { globex: 'manager' },
};

export type ApiKeyRules = NonNullable<HostPolicy['apiKeys']>;
export type ProviderTokenRules = NonNullable<HostPolicy['providerTokens']>;

export interface Rules {
  apiKeys: ApiKeyRules;
  providerTokens: ProviderTokenRules;
  /** Whether administrators see and revoke the keys of everybody in their organizations. */
  listsAllKeys: boolean;
}

export interface NewKey {
  name?: string;
  module?: string;
  /** A date, or an instant. */
  expiresAt?: string;
  expiresInDays?: number;
}

export interface TokenValues {
  name?: string;
  code?: string;
  /** Where the secret is sent. */
  destination?: string;
  /** Names the secret; the tests and the server know its value. */
  secret?: string;
}

/** The version that a client read; any; or no header. */
export type IfMatch = number | 'any' | null;

/** One request, with names in place of secrets. */
export type Request =
  | { do: 'createKey'; by: Person; place: Place; idempotencyKey: number; body: NewKey }
  | { do: 'getKey'; by: Person; place: Place; id: string }
  | { do: 'revokeKey'; by: Person; place: Place; id: string; reason?: string }
  | { do: 'revokeAnyKey'; by: Person; id: string }
  | { do: 'deleteKey'; by: Person; place: Place; id: string; ifMatch: IfMatch }
  | { do: 'listKeys'; by: Person; place: Place; pageSize: number }
  | { do: 'listAllKeys'; by: Person }
  | { do: 'useKey'; secret: string; module?: string }
  | { do: 'createToken'; by: Person; place: Place; provider: string; body: TokenValues }
  | {
      do: 'updateToken';
      by: Person;
      place: Place;
      id: string;
      provider: string;
      ifMatch: IfMatch;
      body: TokenValues;
    }
  | { do: 'deleteToken'; by: Person; place: Place; id: string; ifMatch: IfMatch }
  | { do: 'listTokens'; by: Person; place: Place; pageSize: number }
  | { do: 'leaseByKey'; secret: string; provider: string; code?: string; organization?: Organization }
  | { do: 'leaseByPerson'; by: Person; provider: string; code?: string; organization?: Organization };

export interface KeyView {
  /** `null` while no answer that names the key has been read. */
  id: string | null;
  owner: Person | Organization;
  name: string;
  module: string | null;
  status: ApiKey['status'];
  createdAt: number;
  expiresAt: number | null;
  expiresOn: string | null;
  revokedAt: number | null;
  revocationReason: string | null;
  version: number;
}

export interface TokenView {
  id: string | null;
  owner: Person | Organization;
  provider: string;
  name: string;
  code: string | null;
  destination: string;
  version: number;
}

/** The facts of an answer that the model predicts. */
export interface Answer {
  /** `201`, or `422 invalid name:duplicate`. */
  outcome: string;
  key?: KeyView;
  /** The name of the new key's secret; `null` where it is no longer told. */
  secret?: string | null;
  keys?: (KeyView & { lastUsedAt: number | null })[];
  remaining?: number | null;
  /** The key that presented itself. */
  identity?: Pick<KeyView, 'id' | 'owner' | 'module' | 'expiresAt'>;
  token?: TokenView;
  tokens?: (TokenView & { lastUsedAt: number | null })[];
  credential?: { destination: string; secret: string };
}
