import type { Clock } from '../../ports/clock.js';
import type { Directory } from '../../ports/directory.js';
import { inBatches } from '../../store/batches.js';
import type { Records } from '../../store/store.js';
import type { MailRow } from '../../store/tables.js';
import { keepersOf } from './audience.js';
import type { ExpiryContents } from './contents.js';
import type { Outbox } from './outbox.js';

const day = 24 * 60 * 60 * 1000;

/** How long before the end people are told, the last first. */
const warnedAt = [1, 7, 30].map((days) => ({ days, before: days * day }));
const [longest = 0] = warnedAt.map(({ before }) => before).reverse();

type Ending = Omit<ExpiryContents, 'about'>;

interface WarningContext {
  store: Pick<Records, 'apiKeys' | 'outbox' | 'providerTokens'>;
  directory: Directory;
  clock: Clock;
  outbox: Pick<Outbox, 'mailsFor' | 'wake'>;
}

/** Tells those who can do something about it that a key or provider token ends soon: 30, 7 and 1 days before, once each. */
export const warnOfExpiry = async (context: WarningContext): Promise<void> => {
  const { store, clock } = context;
  const now = clock.now();
  for (const [credential, records] of [
    ['apiKey', store.apiKeys],
    ['providerToken', store.providerTokens],
  ] as const) {
    let last = { expiresAt: now + 1, id: '' };
    await inBatches(async (limit) => {
      const endings = await records.endingAfter(last, now + longest, limit);
      last = endings.at(-1) ?? last;
      await warnOf(
        context,
        endings.map((ending) => ({ credential, ...ending })),
        now,
      );
      return endings.length;
    });
  }
};

const warnOf = async (context: WarningContext, endings: readonly Ending[], now: number): Promise<void> => {
  const { store, outbox } = context;
  const endingsByKey = new Map(endings.map((ending) => [dedupeKeyOf(ending, now), ending]));
  const known = await store.outbox.knownDedupeKeys([...endingsByKey.keys()]);
  const keepers = new Map<string, string[]>();
  const mails: MailRow[] = [];
  for (const [dedupeKey, ending] of endingsByKey) {
    if (known.has(dedupeKey)) continue;
    const { kind, id } = ending.owner;
    const owner = `${kind} ${id}`;
    const userIds = keepers.get(owner) ?? (await keepersOf(context, ending.owner));
    keepers.set(owner, userIds);
    mails.push(...outbox.mailsFor(userIds, dedupeKey, { about: 'expiry', ...ending }));
  }
  await store.outbox.add(mails);
  if (mails.length > 0) outbox.wake();
};

/** With the end in it: one that is put off is warned of anew. */
const dedupeKeyOf = ({ credential, id, expiresAt }: Ending, now: number): string => {
  const due = warnedAt.find(({ before }) => expiresAt - now <= before);
  return `expiry:${credential}:${id}:${expiresAt}:${due?.days ?? ''}`;
};
