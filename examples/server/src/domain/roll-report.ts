import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Records } from '../store/store.js';
import type { Keyring } from './keyring.js';
import type { Peppers } from './peppers.js';

interface RollReportContext {
  store: Pick<Records, 'apiKeys' | 'owners'>;
  clock: Clock;
  logger: Logger;
  keyring: Keyring;
  peppers: Peppers;
  apiPath: string;
}

/**
 * Says in the log which older keys and peppers are still needed, and when one can be removed: each number once, and again
 * when it changes.
 *
 * @returns A function that looks, and takes the number of owners whose data key could not be opened.
 */
export const createRollReport = ({
  store,
  clock,
  logger,
  keyring,
  peppers,
  apiPath,
}: RollReportContext): ((unreadable: number) => Promise<void>) => {
  const older = keyring.all.slice(1);
  const reported = new Map<string, number>();
  let hasLookedForUnknown = false;

  const isReported = (what: string, count: number): boolean => {
    if (reported.get(what) === count) return true;
    reported.set(what, count);
    return false;
  };

  return async (unreadable) => {
    for (const { id, marker } of peppers.older) {
      const apiKeys = await store.apiKeys.countUsableByHash(clock.now(), { hashesBegin: marker });
      if (isReported(marker, apiKeys)) continue;
      const pepper = id ?? 'API_KEY_PEPPER';
      if (apiKeys > 0)
        logger.info({ apiPath, pepper, apiKeys }, 'API keys still need this pepper until their next use');
      else logger.info({ apiPath, pepper }, 'no usable API key needs this pepper: it can be removed');
    }
    for (const { id: encryptionKey } of older) {
      const owners = await store.owners.countWrappedBy(encryptionKey);
      if (isReported(`key:${encryptionKey}`, owners)) continue;
      if (owners > 0) logger.info({ apiPath, encryptionKey, owners }, 'stored secrets still need this encryption key');
      else
        logger.info(
          { apiPath, encryptionKey },
          'no stored secret needs this encryption key: it can be removed in a day',
        );
    }
    if (!isReported('unreadable', unreadable) && unreadable > 0)
      logger.error(
        { apiPath, owners: unreadable },
        'stored secrets cannot be read: the encryption key that they need is not configured, or another one has its name',
      );
    if (hasLookedForUnknown) return;
    hasLookedForUnknown = true;
    const apiKeys = await store.apiKeys.countUsableByHash(clock.now(), { hashesBeginWithNoneOf: peppers.markers });
    if (apiKeys > 0)
      logger.warn({ apiPath, apiKeys }, 'API keys need a pepper that is not configured, and are refused');
  };
};
