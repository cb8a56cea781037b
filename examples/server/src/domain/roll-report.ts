import type { Logger } from '../ports/logger.js';
import type { Keyring, MasterKey } from './keyring.js';
import type { Environment } from './environment.js';

/** Says in the log which older keys and peppers are still needed, and when one can be removed. */
export class RollReport {
  readonly #environment: Environment;
  readonly #older: readonly MasterKey[];
  readonly #logger: Logger;
  readonly #reported = new Map<string, number>();
  #lookedForUnknown = false;

  constructor(environment: Environment, keyring: Keyring, logger: Logger) {
    this.#environment = environment;
    this.#older = keyring.all.slice(1);
    this.#logger = logger;
  }

  #isReported(what: string, count: number): boolean {
    if (this.#reported.get(what) === count) return true;
    this.#reported.set(what, count);
    return false;
  }

  /**
   * Each number once, and again when it changes.
   *
   * @param unreadable The number of owners whose data key could not be opened
   */
  async look(unreadable: number): Promise<void> {
    const { peppers, store, clock, apiPath } = this.#environment;
    for (const { id, marker } of peppers.older) {
      const apiKeys = await store.apiKeys.countUsableByHash(clock.now(), { hashesBegin: marker });
      if (this.#isReported(marker, apiKeys)) continue;
      const pepper = id ?? 'API_KEY_PEPPER';
      if (apiKeys > 0)
        this.#logger.info({ apiPath, pepper, apiKeys }, 'API keys still need this pepper until their next use');
      else this.#logger.info({ apiPath, pepper }, 'no usable API key needs this pepper: it can be removed');
    }
    for (const { id: encryptionKey } of this.#older) {
      const owners = await store.owners.countWrappedBy(encryptionKey);
      if (this.#isReported(`key:${encryptionKey}`, owners)) continue;
      if (owners > 0)
        this.#logger.info({ apiPath, encryptionKey, owners }, 'stored secrets still need this encryption key');
      else
        this.#logger.info(
          { apiPath, encryptionKey },
          'no stored secret needs this encryption key: it can be removed in a day',
        );
    }
    if (!this.#isReported('unreadable', unreadable) && unreadable > 0)
      this.#logger.error(
        { apiPath, owners: unreadable },
        'stored secrets cannot be read: the encryption key that they need is not configured, or another one has its name',
      );
    if (this.#lookedForUnknown) return;
    this.#lookedForUnknown = true;
    const apiKeys = await store.apiKeys.countUsableByHash(clock.now(), { hashesBeginWithNoneOf: peppers.markers });
    if (apiKeys > 0)
      this.#logger.warn({ apiPath, apiKeys }, 'API keys need a pepper that is not configured, and are refused');
  }
}
