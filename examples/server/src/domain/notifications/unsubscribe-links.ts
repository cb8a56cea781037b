import { base64url, equalInConstantTime, fromBase64url, fromUtf8, joined, utf8 } from '../../values/bytes.js';
import type { Keyring, MasterKey } from '../keyring.js';

const day = 24 * 60 * 60 * 1000;
/** Longer than mail is kept by most who would press the button. */
const validFor = 90 * day;

/** The links by which a mail can be unsubscribed from: each names its person, and only this server can write it. */
export class UnsubscribeLinks {
  readonly #keyring: Keyring;
  readonly #apiUrl: string;
  readonly #basePath: string;

  /**
   * @param apiUrl Where clients find the API.
   * @param basePath Where it stands on this server, and so which of several hosts under the same keys: links hold when the
   * server moves to another address.
   */
  constructor(keyring: Keyring, apiUrl: string, basePath: string) {
    this.#keyring = keyring;
    this.#apiUrl = apiUrl;
    this.#basePath = basePath;
  }

  /** @param sentAt Epoch milliseconds: the same mail has the same link each time. */
  async write(userId: string, sentAt: number): Promise<string> {
    const claims = utf8(JSON.stringify([userId, sentAt + validFor]));
    const tag = await this.#authenticate(this.#keyring.current, claims);
    return `${this.#apiUrl}/unsubscribe?token=${base64url(claims)}.${base64url(tag)}`;
  }

  /** Whom a link's token names; `null` where it is forged or too old. */
  async read(token: string, now: number): Promise<string | null> {
    try {
      const [claims, tag, ...more] = token.split('.').map(fromBase64url);
      if (!claims || !tag || more.length) return null;
      for (const key of this.#keyring.all) {
        if (!equalInConstantTime(await this.#authenticate(key, claims), tag)) continue;
        // Authentic, and so written by `write`.
        const [userId, until] = JSON.parse(fromUtf8(claims)) as [string, number];
        return now < until ? userId : null;
      }
    } catch {
      // Not even base64: forged like any other.
    }
    return null;
  }

  #authenticate(key: MasterKey, claims: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return key.authenticate('unsubscribe', joined(this.#basePath, base64url(claims)));
  }
}
