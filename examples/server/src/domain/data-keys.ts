import type { KeyWrapping } from '../ports/key-wrapping.js';
import type { Random } from '../ports/random.js';
import { inBatches } from '../store/batches.js';
import type { OwnerRef } from '../store/owners.js';
import type { Store } from '../store/store.js';
import type { OwnerRow } from '../store/tables.js';
import { type Bytes, joined } from '../values/bytes.js';
import { EnvelopeError } from './envelope.js';
import { randomBase62 } from './ids.js';

/** The key that all secrets of one owner are encrypted under. */
export interface DataKey {
  id: string;
  key: CryptoKey;
}

const additionalData = ({ kind, id }: OwnerRef, dataKeyId: string): Bytes => joined('data key', kind, id, dataKeyId);

/**
 * Each owner has a data key, wrapped by a key of the host: a new key of the host wraps these anew and touches nothing
 * else. A key-management service may be asked for each, so none of this is called within a transaction.
 */
interface DataKeysContext {
  store: Pick<Store, 'owners'>;
  keyWrapping: KeyWrapping;
}

/** Made where there is none. */
export const dataKeyForWriting = async (
  context: DataKeysContext & { random: Random },
  owner: OwnerRef,
): Promise<DataKey> => {
  const existing = await findDataKey(context, owner);
  if (existing) return existing;
  const { store, random } = context;
  const id = randomBase62(random, 8);
  const bytes = random.bytes(32);
  const added = await store.owners.addDataKey(owner, { dataKeyId: id, ...(await wrap(context, owner, id, bytes)) });
  return added ? { id, key: await importKey(bytes) } : dataKeyForWriting(context, owner);
};

/** `null` where the owner has none, and so no secret. */
export const findDataKey = async (context: DataKeysContext, owner: OwnerRef): Promise<DataKey | null> => {
  const row = await context.store.owners.find(owner);
  const bytes = row && (await unwrap(context, row));
  return bytes && row.dataKeyId ? { id: row.dataKeyId, key: await importKey(bytes) } : null;
};

/**
 * Afterwards no data key needs any key of the host but the current one, except those that could not be opened.
 *
 * @returns the number of owners whose data key could not be opened
 */
export const rewrapDataKeys = async (context: DataKeysContext): Promise<number> => {
  const { store, keyWrapping } = context;
  let unreadable = 0;
  let last: OwnerRow | null = null;
  await inBatches(async (limit) => {
    const owners = await store.owners.wrappedByOtherThan(keyWrapping.currentId, last, limit);
    for (const owner of owners) {
      try {
        await rewrap(context, owner);
      } catch (error) {
        // The other owners' keys are no less in need of it.
        if (!(error instanceof EnvelopeError)) throw error;
        unreadable++;
      }
    }
    last = owners.at(-1) ?? null;
    return owners.length;
  });
  return unreadable;
};

const rewrap = async (context: DataKeysContext, owner: OwnerRow): Promise<void> => {
  const bytes = await unwrap(context, owner);
  if (!bytes || !owner.dataKeyId) return;
  await context.store.owners.replaceWrapping(owner, await wrap(context, owner, owner.dataKeyId, bytes));
};

const wrap = async (
  { keyWrapping }: DataKeysContext,
  owner: OwnerRef,
  id: string,
  bytes: Bytes,
): Promise<Pick<OwnerRow, 'dataKey' | 'wrappedBy'>> => {
  const { currentId } = keyWrapping;
  return { dataKey: await keyWrapping.wrap(bytes, additionalData(owner, id)), wrappedBy: currentId };
};

const unwrap = async ({ keyWrapping }: DataKeysContext, owner: OwnerRow): Promise<Bytes | null> => {
  const { dataKey, dataKeyId, wrappedBy } = owner;
  if (!dataKey || !dataKeyId || wrappedBy === null) return null;
  return keyWrapping.unwrap(new Uint8Array(dataKey), wrappedBy, additionalData(owner, dataKeyId));
};

const importKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
