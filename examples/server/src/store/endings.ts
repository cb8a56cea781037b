import type { OwnerKind } from '@ai-cockpit/sdk/contract';
import type { OwnerRef } from './owners.js';

/** Something that ends. */
export interface EndingRow {
  id: string;
  ownerKind: OwnerKind;
  ownerId: string;
  expiresAt: number | null;
}

export interface Ending {
  id: string;
  owner: OwnerRef;
  expiresAt: number;
}

export const toEndings = (rows: readonly EndingRow[]): Ending[] =>
  rows.flatMap(({ id, ownerKind, ownerId, expiresAt }) =>
    expiresAt === null ? [] : [{ id, owner: { kind: ownerKind, id: ownerId }, expiresAt }],
  );
