import type { KeyWrapping } from '../ports/key-wrapping.js';
import type { Random } from '../ports/random.js';
import type { Bytes } from '../values/bytes.js';
import { EnvelopeError, keyIdOf, open, seal } from '../domain/envelope.js';
import type { Keyring } from '../domain/keyring.js';

const purpose = 'wrapping of data keys';

/** By the configured encryption keys: AES-256-GCM in an envelope that names its key. */
export class LocalKeyWrapping implements KeyWrapping {
  readonly #keyring: Keyring;
  readonly #random: Random;

  constructor(keyring: Keyring, random: Random) {
    this.#keyring = keyring;
    this.#random = random;
  }

  get currentId(): string {
    return this.#keyring.current.id;
  }

  async wrap(dataKey: Bytes, context: Bytes): Promise<Bytes> {
    const { current } = this.#keyring;
    return seal(this.#random, await current.cipher(purpose), current.id, context, dataKey);
  }

  async unwrap(wrapped: Bytes, _wrappedBy: string, context: Bytes): Promise<Bytes> {
    const key = this.#keyring.find(keyIdOf(wrapped));
    if (!key) throw new EnvelopeError('The key that wrapped a data key is not configured');
    return open(await key.cipher(purpose), context, wrapped);
  }
}
