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

const belongingTo = ({ kind, id }: OwnerRef, dataKeyId: string): Bytes => joined('data key', kind, id, dataKeyId);

/** Each owner has a data key, wrapped by a key of the host: a new key of the host wraps these anew and touches nothing else. */
export class DataKeys {
  readonly #wrapping: KeyWrapping;
  readonly #random: Random;

  constructor(wrapping: KeyWrapping, random: Random) {
    this.#wrapping = wrapping;
    this.#random = random;
  }

  /** Made where there is none. Before the transaction that writes: a key-management service may be asked. */
  async forWriting(store: Store, owner: OwnerRef): Promise<DataKey> {
    const existing = await this.find(store, owner);
    if (existing) return existing;
    const id = randomBase62(this.#random, 8);
    const bytes = this.#random.bytes(32);
    const added = await store.owners.addDataKey(owner, { dataKeyId: id, ...(await this.#wrap(owner, id, bytes)) });
    return added ? { id, key: await importKey(bytes) } : this.forWriting(store, owner);
  }

  /** `null` where the owner has none, and so no secret. Before the transaction that reads, as above. */
  async find(store: Store, owner: OwnerRef): Promise<DataKey | null> {
    const row = await store.owners.find(owner);
    return row ? this.#unwrap(row) : null;
  }

  /**
   * Afterwards no data key needs any key of the host but the current one, except those that could not be opened.
   *
   * @returns the number of owners whose data key could not be opened
   */
  async rewrap(store: Store): Promise<number> {
    let unreadable = 0;
    let last: OwnerRow | null = null;
    await inBatches(async (limit) => {
      const owners = await store.owners.wrappedByOtherThan(this.#wrapping.currentId, last, limit);
      for (const owner of owners) {
        try {
          await this.#rewrapOf(store, owner);
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
  }

  async #rewrapOf(store: Store, owner: OwnerRow): Promise<void> {
    const bytes = await this.#unwrapBytes(owner);
    if (!bytes || !owner.dataKeyId) return;
    await store.owners.replaceWrapping(owner, await this.#wrap(owner, owner.dataKeyId, bytes));
  }

  async #wrap(owner: OwnerRef, id: string, bytes: Bytes): Promise<Pick<OwnerRow, 'dataKey' | 'wrappedBy'>> {
    const { currentId } = this.#wrapping;
    return { dataKey: await this.#wrapping.wrap(bytes, belongingTo(owner, id)), wrappedBy: currentId };
  }

  async #unwrapBytes(owner: OwnerRow): Promise<Bytes | null> {
    const { dataKey, dataKeyId, wrappedBy } = owner;
    if (!dataKey || !dataKeyId || wrappedBy === null) return null;
    return this.#wrapping.unwrap(new Uint8Array(dataKey), wrappedBy, belongingTo(owner, dataKeyId));
  }

  async #unwrap(owner: OwnerRow): Promise<DataKey | null> {
    const bytes = await this.#unwrapBytes(owner);
    return bytes && owner.dataKeyId ? { id: owner.dataKeyId, key: await importKey(bytes) } : null;
  }
}

const importKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
