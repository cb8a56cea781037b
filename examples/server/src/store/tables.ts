import type { OwnerKind } from '@ai-cockpit/sdk/contract';

/*
 * The rows as both databases hold them, their columns in snake case there: instants as epoch milliseconds in bigint, structured values as JSON text,
 * booleans as 0 or 1, bytes as Uint8Array. The columns `search` and `name_order` are normalised here, not by the database,
 * whose ideas of letter case differ.
 */

export interface PersonRow {
  id: string;
  loginName: string;
  firstName: string;
  lastName: string;
  email: string;
  nameOrder: string;
  createdAt: number;
  /** Set by the host when somebody leaves. */
  removedAt: number | null;
  /** The version that came with the present avatar, where there is one. */
  avatarVersion: number | null;
  /** When the claims were made that the profile has followed last: seconds, by the issuer's clock. */
  claimsAt: number | null;
  version: number;
}

export interface AvatarRow {
  personId: string;
  mediaType: string;
  bytes: Uint8Array;
}

interface OrganizationRow {
  id: string;
  name: string;
}

interface MembershipRow {
  organizationId: string;
  userId: string;
  role: string;
  /** Among the organizations of one person. */
  position: number;
}

export interface OwnerRow {
  kind: OwnerKind;
  id: string;
  /** Written first by whoever changes what the owner has: the lock that makes counting safe. */
  changes: number;
  dataKeyId: string | null;
  /** Wrapped by a key-encryption key, whose id stands beside it and inside the envelope. */
  dataKey: Uint8Array | null;
  wrappedBy: string | null;
}

export interface ProviderTokenRow {
  id: string;
  ownerKind: OwnerKind;
  ownerId: string;
  provider: string;
  name: string;
  code: string | null;
  description: string;
  search: string;
  nameOrder: string;
  /** JSON: the fields that are not secret. */
  fieldValues: string;
  /** Envelope around the JSON of the secret ones. */
  secret: Uint8Array;
  status: string;
  checkedAt: number | null;
  expiresAt: number | null;
  lastUsedAt: number | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}

export interface ApiKeyRow {
  /** The id that stands in the key itself. */
  id: string;
  ownerKind: OwnerKind;
  ownerId: string;
  name: string;
  description: string;
  search: string;
  nameOrder: string;
  module: string | null;
  hash: string;
  maskedValue: string;
  createdAt: number;
  createdBy: string;
  createdByName: string;
  expiresAt: number | null;
  expiresOn: string | null;
  lastUsedAt: number | null;
  /** The network address of the last use; `null` for none, and for a use before this was kept. */
  lastUsedAddress: string | null;
  /** The program of the last use, by its own account. */
  lastUsedProduct: string | null;
  revokedAt: number | null;
  revocationReason: string | null;
  rotatedFrom: string | null;
  rotatedTo: string | null;
  version: number;
}

export interface KeyCreationRow {
  /** Derived from the caller's Idempotency-Key and a server key: neither can be found from it. */
  tag: string;
  apiKeyId: string;
  fingerprint: string;
  /** The secret, sealed under the same two keys; gone after ten minutes and with the key. */
  sealed: Uint8Array | null;
  /** JSON: the key as it was when it was deleted. */
  remains: string | null;
  createdAt: number;
}

export interface ActivityRow {
  id: string;
  at: number;
  action: string;
  outcome: string;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  ownerKind: OwnerKind | null;
  ownerId: string | null;
  subjectId: string | null;
  /** The subject's name at that time. */
  subjectName: string | null;
  search: string;
  /** JSON, and never a secret. */
  detail: string;
  source: string;
  requestId: string;
  /** How many times it happened; the row tells of the first. */
  count: number;
  /** When it happened last, where it happened several times. */
  lastAt: number | null;
  /** Identifies a repeated refusal while this row counts it; `null` for other rows, and once the row is closed. */
  repeatKey: string | null;
}

export interface NotificationSettingsRow {
  userId: string;
  /** `null` for the profile's own. */
  email: string | null;
  enabled: number;
  /** JSON: the kinds of event that the person does not want to hear of; one that is new to the policy is none of them. */
  declined: string;
  locale: string;
  /** `null` for UTC. */
  timeZone: string | null;
  version: number;
}

/** An event that has been taken in, so that it is not once more. */
export interface PublishedEventRow {
  id: string;
  at: number;
}

/**
 * The columns of every table of jobs. A job is background work that one process at a time claims, and that is retried
 * until it is settled.
 */
export interface JobColumns {
  id: string;
  /** A job that is not `waiting` is settled. */
  state: string;
  /** The number of claims since the job was added, or since its last success where it recurs. */
  attempts: number;
  /** The end of the lease while a process works on the job; else the time of the next attempt. */
  nextAttemptAt: number;
  createdAt: number;
  settledAt: number | null;
}

/** Background work other than a mail. */
export interface JobRow extends JobColumns {
  /** The name of the work. A job that recurs has its kind as its id. */
  kind: string;
  state: 'waiting' | 'done' | 'refused';
}

/** A mail to one person, from the moment it is decided on: the job of sending it. */
export interface MailRow extends JobColumns {
  /** Made with the row: whoever gets the mail twice can tell. */
  messageId: string;
  /** The reason for the mail; one mail for each person and reason. */
  occasion: string;
  userId: string;
  /** JSON: what there is to tell. Written out only when it is sent, in the person's language of that moment. */
  contents: string;
  state: 'waiting' | 'sent' | 'refused' | 'unwanted';
}

export interface Tables {
  person: PersonRow;
  avatar: AvatarRow;
  organization: OrganizationRow;
  membership: MembershipRow;
  owner: OwnerRow;
  providerToken: ProviderTokenRow;
  apiKey: ApiKeyRow;
  minting: KeyCreationRow;
  activity: ActivityRow;
  notificationSettings: NotificationSettingsRow;
  publishedEvent: PublishedEventRow;
  mail: MailRow;
  job: JobRow;
}
