import { base64url, equalInConstantTime, utf8 } from '../values/bytes.js';
import { hmacKey, sha256 } from './keyring.js';

/** A secret of the server's, beside the database, without which the stored hashes of API keys are useless. */
export interface PepperSetting {
  /** `null` for the one that stands in `API_KEY_PEPPER`, which has no id. */
  id: string | null;
  text: string;
}

interface Pepper {
  id: string | null;
  key: CryptoKey;
}

/** The prefix of a hash, which tells how it was made. */
const markerOf = (pepper: Pepper | null): string =>
  pepper ? (pepper.id === null ? 'hmac:' : `hmac.${pepper.id}:`) : 'sha256:';

/** The peppers of this server: the first for whatever is new, the others to check what is there. */
export class Peppers {
  readonly #all: readonly Pepper[];
  readonly #current: Pepper | null;

  private constructor(all: readonly Pepper[]) {
    this.#all = all;
    this.#current = all[0] ?? null;
  }

  static async from(settings: readonly PepperSetting[]): Promise<Peppers> {
    return new Peppers(
      await Promise.all(settings.map(async ({ id, text }) => ({ id, key: await hmacKey(utf8(text)) }))),
    );
  }

  /** The stored hash: it checks a key, and cannot be used as one. Without a pepper, SHA-256: the key is random. */
  hash(value: string): Promise<string> {
    return hashUnder(this.#current, value);
  }

  /** A hash under a pepper that is not configured matches nothing, after the same work. */
  async matches(value: string, stored: string): Promise<boolean> {
    const made = [...this.#all, null].find((pepper) => stored.startsWith(markerOf(pepper)));
    const hash = await hashUnder(made === undefined ? this.#current : made, value);
    return equalInConstantTime(utf8(hash), utf8(stored));
  }

  /** Whether a new hash of the same key would be made in the same way. */
  isCurrent(stored: string): boolean {
    return stored.startsWith(markerOf(this.#current));
  }

  /** The hash prefixes of the older peppers, by the pepper's id. */
  get older(): { id: string | null; marker: string }[] {
    return this.#all.slice(1).map((pepper) => ({ id: pepper.id, marker: markerOf(pepper) }));
  }

  /** The prefixes of all hashes that can be checked. */
  get markers(): string[] {
    return [...this.#all, null].map(markerOf);
  }
}

const hashUnder = async (pepper: Pepper | null, value: string): Promise<string> => {
  const digest = pepper
    ? new Uint8Array(await crypto.subtle.sign('HMAC', pepper.key, utf8(value)))
    : await sha256(value);
  return markerOf(pepper) + base64url(digest);
};
