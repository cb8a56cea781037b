import type { ActivityAction } from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { OwnerRef } from '../store/owners.js';
import { searchable } from '../store/search.js';
import type { Records } from '../store/store.js';
import { newId } from './ids.js';

/** Who did it, and by which request. */
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
  /** What else helps to understand it; never a secret. */
  detail?: Record<string, string | null>;
}

/** Who did what to which credential, when, from where. */
export class ActivityLog {
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** In the transaction of what it tells. */
  async record(
    tx: Records,
    { action, outcome = 'done', actor, owner, subject, detail = {} }: ActivityEntry,
  ): Promise<void> {
    await tx.activity.add({
      id: newId(this.#random),
      at: this.#clock.now(),
      action,
      outcome,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      ownerKind: owner?.kind ?? null,
      ownerId: owner?.id ?? null,
      subjectId: subject?.id ?? null,
      subjectName: subject?.name ?? null,
      search: searchable(actor.name, subject?.name ?? null, actor.source),
      detail: JSON.stringify(detail),
      source: actor.source,
      requestId: actor.requestId,
    });
  }
}
