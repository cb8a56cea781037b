import type { Random } from '../ports/random.js';
import type { OwnerRef } from '../store/owners.js';
import type { Records, Store } from '../store/store.js';
import type { OwnerRow } from '../store/tables.js';
import { type Bytes, joined } from '../bytes.js';
import { EnvelopeError, keyIdOf, open, seal } from './envelope.js';
import { randomBase62 } from './ids.js';
import type { Keyring } from './keyring.js';

/** The key that all secrets of one owner are encrypted under. */
export interface DataKey {
  id: string;
  key: CryptoKey;
}

const purpose = 'wrapping of data keys';
const belongingTo = ({ kind, id }: OwnerRef, dataKeyId: string): Bytes => joined('data key', kind, id, dataKeyId);

/** Each owner has a data key, wrapped by a configured key: a new configured key re-wraps these and touches nothing else. */
export class DataKeys {
  readonly #keyring: Keyring;
  readonly #random: Random;

  constructor(keyring: Keyring, random: Random) {
    this.#keyring = keyring;
    this.#random = random;
  }

  /** Within the transaction that holds the owner's lock. */
  async forWriting(tx: Records, owner: OwnerRow): Promise<DataKey> {
    const existing = await this.#unwrap(owner);
    if (existing) return existing;
    const id = randomBase62(this.#random, 8);
    const bytes = this.#random.bytes(32);
    await tx.owners.setDataKey(owner, await this.#wrap(owner, id, bytes));
    return { id, key: await importKey(bytes) };
  }

  async forReading(records: Records, owner: OwnerRef): Promise<DataKey> {
    const row = await records.owners.find(owner);
    const key = row && (await this.#unwrap(row));
    if (!key) throw new EnvelopeError('The owner has no data key');
    return key;
  }

  /** Afterwards no data key needs any configured key but the current one. Throws at the end of one that stays shut. */
  async rewrap(store: Store): Promise<void> {
    let shut: EnvelopeError | null = null;
    for (const owner of await store.owners.wrappedByOtherThan(this.#keyring.current.id)) {
      try {
        await store.transaction((tx) => this.#rewrapOne(tx, owner));
      } catch (error) {
        // The other owners' keys are no less in need of it.
        if (!(error instanceof EnvelopeError)) throw error;
        shut = error;
      }
    }
    if (shut) throw shut;
  }

  async #rewrapOne(tx: Records, { kind, id }: OwnerRef): Promise<void> {
    const owner = await tx.owners.lock({ kind, id });
    const bytes = await this.#unwrapBytes(owner);
    if (bytes && owner.dataKeyId) await tx.owners.setDataKey(owner, await this.#wrap(owner, owner.dataKeyId, bytes));
  }

  async #wrap(
    owner: OwnerRef,
    id: string,
    bytes: Bytes,
  ): Promise<Pick<OwnerRow, 'dataKeyId' | 'dataKey' | 'wrappedBy'>> {
    const { current } = this.#keyring;
    const wrapping = await current.cipher(purpose);
    return {
      dataKeyId: id,
      dataKey: await seal(this.#random, wrapping, current.id, belongingTo(owner, id), bytes),
      wrappedBy: current.id,
    };
  }

  async #unwrapBytes(owner: OwnerRow): Promise<Bytes | null> {
    if (!owner.dataKey || !owner.dataKeyId) return null;
    const master = this.#keyring.find(keyIdOf(owner.dataKey));
    if (!master) throw new EnvelopeError('The key that wrapped a data key is not configured');
    return open(await master.cipher(purpose), belongingTo(owner, owner.dataKeyId), owner.dataKey);
  }

  async #unwrap(owner: OwnerRow): Promise<DataKey | null> {
    const bytes = await this.#unwrapBytes(owner);
    return bytes && owner.dataKeyId ? { id: owner.dataKeyId, key: await importKey(bytes) } : null;
  }
}

const importKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
