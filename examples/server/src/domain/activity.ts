import type { ActivityAction } from '@ai-cockpit/sdk/contract';
import { networkOf } from '../values/addresses.js';
import type { Random } from '../ports/random.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { OwnerRef } from '../store/owners.js';
import { searchable } from '../store/search.js';
import type { Records } from '../store/store.js';
import type { ActivityRow } from '../store/tables.js';
import { base64url } from '../values/bytes.js';
import { newId } from './ids.js';
import { sha256 } from './keyring.js';
import { withoutSecrets } from './secret-guard.js';

/** The person, key or service that acts, and the request. */
export interface Actor {
  kind: 'user' | 'key' | 'service' | 'none';
  id: string | null;
  name: string | null;
  /** The network address the request came from; empty where it was the server's own doing. */
  source: string;
  requestId: string;
}

export interface ActivitySubject {
  id: string;
  name: string;
}

export interface ActivityEntry {
  action: ActivityAction;
  /** `done`, or the code of the refusal; `internal` where something here failed. */
  outcome?: string;
  actor: Actor;
  owner?: OwnerRef | null;
  /** The key or token, and what it is called now. */
  subject?: ActivitySubject | null;
  /** More details; never a secret. */
  detail?: Record<string, string | null>;
  /**
   * Tells this refusal from others of the same actor. It has few values, and the caller chooses none of them, because
   * each has a row of its own.
   */
  kind?: string;
  /** How many of the same this stands for. */
  count?: number;
}

/** For how long a refusal that is repeated is counted in the row of the first. */
const countedFor = 60 * 60_000;

/**
 * Records an action on credentials: the actor, the subject, the time and the source.
 *
 * @param tx The records within the transaction of the action; all records where the action was refused.
 */
export const recordActivity = async (
  { random, catalogue }: { random: Random; catalogue: Catalogue },
  tx: Pick<Records, 'activity'>,
  now: number,
  { action, outcome = 'done', actor, owner, subject, detail = {}, kind, count = 1 }: ActivityEntry,
): Promise<void> => {
  const clean = <T extends string | null>(text: T): T | string => text && withoutSecrets(catalogue, text);
  const actorName = clean(actor.name);
  const subjectName = clean(subject?.name ?? null);
  const row: ActivityRow = {
    id: newId(random),
    at: now,
    action,
    outcome,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName,
    ownerKind: owner?.kind ?? null,
    ownerId: owner?.id ?? null,
    subjectId: subject?.id ?? null,
    subjectName,
    search: searchable(actorName, subjectName, actor.source),
    detail: JSON.stringify(Object.fromEntries(Object.entries(detail).map(([name, text]) => [name, clean(text)]))),
    source: actor.source,
    requestId: actor.requestId,
    count,
    lastAt: count > 1 ? now : null,
    repeatKey: null,
  };
  if (outcome === 'done') await tx.activity.add(row);
  else await tx.activity.count({ ...row, repeatKey: await repeatKeyOf(row, kind) }, now - countedFor);
};

/**
 * Only what the server itself puts into a row: whoever varies what they send, or their address within a network of IPv6, is
 * counted all the same.
 */
const repeatKeyOf = async (
  { action, outcome, actorKind, actorId, ownerKind, ownerId, subjectId, source }: ActivityRow,
  kind = '',
): Promise<string> => {
  const told = [action, outcome, actorKind, actorId, ownerKind, ownerId, subjectId, networkOf(source), kind];
  return base64url(await sha256(JSON.stringify(told)));
};
