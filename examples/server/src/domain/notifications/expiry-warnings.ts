import { inBatches } from '../../store/batches.js';
import type { MailRow } from '../../store/tables.js';
import type { Environment } from '../environment.js';
import { keepersOf } from './audience.js';
import type { ExpiryContents } from './contents.js';
import type { Outbox } from './outbox.js';

const day = 24 * 60 * 60 * 1000;

/** How long before the end people are told, the last first. */
const warnedAt = [1, 7, 30].map((days) => ({ days, before: days * day }));
const [longest = 0] = warnedAt.map(({ before }) => before).reverse();

type Ending = Omit<ExpiryContents, 'about'>;

/** Tells those who can do something about it that a key or provider token ends soon: 30, 7 and 1 days before, once each. */
export class ExpiryWarnings {
  readonly #environment: Environment;
  readonly #outbox: Outbox;

  constructor(environment: Environment, outbox: Outbox) {
    this.#environment = environment;
    this.#outbox = outbox;
  }

  async look(): Promise<void> {
    const { clock, store } = this.#environment;
    const now = clock.now();
    for (const [credential, records] of [
      ['apiKey', store.apiKeys],
      ['providerToken', store.providerTokens],
    ] as const) {
      let last = { expiresAt: now + 1, id: '' };
      await inBatches(async (limit) => {
        const endings = await records.endingAfter(last, now + longest, limit);
        last = endings.at(-1) ?? last;
        await this.#warnOf(
          endings.map((ending) => ({ credential, ...ending })),
          now,
        );
        return endings.length;
      });
    }
  }

  async #warnOf(endings: readonly Ending[], now: number): Promise<void> {
    const { store } = this.#environment;
    const occasions = new Map(endings.map((ending) => [occasionOf(ending, now), ending]));
    const known = await store.outbox.knownOccasions([...occasions.keys()]);
    const keepers = new Map<string, string[]>();
    const mails: MailRow[] = [];
    for (const [occasion, ending] of occasions) {
      if (known.has(occasion)) continue;
      const { kind, id } = ending.owner;
      const owner = `${kind} ${id}`;
      const userIds = keepers.get(owner) ?? (await keepersOf(this.#environment, ending.owner));
      keepers.set(owner, userIds);
      mails.push(...this.#outbox.mailsFor(userIds, occasion, { about: 'expiry', ...ending }));
    }
    await store.outbox.add(mails);
    if (mails.length > 0) this.#outbox.wake();
  }
}

/** With the end in it: one that is put off is warned of anew. */
const occasionOf = ({ credential, id, expiresAt }: Ending, now: number): string => {
  const due = warnedAt.find(({ before }) => expiresAt - now <= before);
  return `expiry:${credential}:${id}:${expiresAt}:${due?.days ?? ''}`;
};
