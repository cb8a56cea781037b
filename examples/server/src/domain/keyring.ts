import { joined, utf8, type Bytes } from '../values/bytes.js';

/** One configured encryption key. It is never used itself: each purpose has a key derived from it. */
export class MasterKey {
  readonly id: string;
  readonly #material: Promise<CryptoKey>;

  constructor(id: string, bytes: Bytes) {
    this.id = id;
    this.#material = crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits', 'deriveKey']);
  }

  /** AES-256-GCM for this purpose. */
  async cipher(...purpose: string[]): Promise<CryptoKey> {
    return crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: joined(...purpose) },
      await this.#material,
      { name: 'AES-GCM', length: 256 },
      false,
      ['encrypt', 'decrypt'],
    );
  }

  /** Bytes that only this server can make. */
  async derive(length: number, ...purpose: string[]): Promise<Bytes> {
    const bits = await crypto.subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: joined(...purpose) },
      await this.#material,
      length * 8,
    );
    return new Uint8Array(bits);
  }

  async authenticate(purpose: string, message: Bytes): Promise<Bytes> {
    const key = await hmacKey(await this.derive(32, purpose));
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
  }
}

export const hmacKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

export const sha256 = async (text: string): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)));

/** The keys that this server encrypts under: the first for whatever is new, the others to read what is there. */
export class Keyring {
  readonly current: MasterKey;
  readonly all: readonly MasterKey[];

  constructor(keys: readonly { id: string; bytes: Bytes }[]) {
    this.all = keys.map(({ id, bytes }) => new MasterKey(id, bytes));
    const [current] = this.all;
    if (!current) throw new Error('A keyring needs a key');
    this.current = current;
  }

  find(id: string): MasterKey | undefined {
    return this.all.find((key) => key.id === id);
  }
}
