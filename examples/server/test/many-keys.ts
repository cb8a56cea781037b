import { searchable } from '../src/store/search.js';
import type { Store } from '../src/store/store.js';
import type { ApiKeyRow } from '../src/store/tables.js';

const works = ['import', 'export', 'report', 'backup', 'deployment', 'synchronisation', 'review', 'alert'];
const places = ['Lisbon', 'São Paulo', 'Osaka', 'Zürich', 'Austin', 'Nairobi', 'Reykjavík'];
const day = 86_400_000;

/** One of many keys of Acme; some expire, some were used, some are revoked. */
export const keyAt = (index: number, now: number): ApiKeyRow => {
  const name = `Key ${index}`;
  const description = `${works[index % works.length]} for ${places[index % places.length]}, number ${index}`;
  const createdAt = now - index * 60_000;
  return {
    id: `many${String(index).padStart(8, '0')}`,
    ownerKind: 'organization',
    ownerId: 'acme',
    name,
    description,
    search: searchable(name, description),
    nameOrder: searchable(name),
    module: null,
    hash: `hash ${index}`,
    maskedValue: `aico_…${String(index).padStart(4, '0').slice(-4)}`,
    createdAt,
    createdBy: 'ana',
    createdByName: 'Ana Souza',
    expiresAt: index % 3 ? now + (index % 400) * day : null,
    expiresOn: null,
    lastUsedAt: index % 5 ? createdAt + (index % 7_000) : null,
    lastUsedAddress: null,
    lastUsedProduct: null,
    revokedAt: index % 11 ? null : now,
    revocationReason: null,
    rotatedFrom: null,
    rotatedTo: null,
    version: 1,
  };
};

/** Puts so many keys of Acme into a store, past the domain: minting each would take minutes. */
export const addManyKeys = async ({ db }: Store, count: number, now: number): Promise<void> => {
  const rows = Array.from({ length: count }, (_, index) => keyAt(index, now));
  await db.transaction().execute(async (trx) => {
    while (rows.length) await trx.insertInto('apiKey').values(rows.splice(0, 500)).execute();
  });
};
