import type { MailRow } from '../../store/tables.js';
import type { Environment } from '../environment.js';
import { keepersOf } from './audience.js';
import type { ExpiryContents } from './contents.js';
import type { Outbox } from './outbox.js';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** How long before the end people are told, the last first. */
const warnedAt = [1, 7, 30].map((days) => ({ days, before: days * day }));
const [longest = 0] = warnedAt.map(({ before }) => before).reverse();

type Ending = Omit<ExpiryContents, 'about'>;

/** Tells those who can do something about it that a key or provider token ends soon: 30, 7 and 1 days before, once each. */
export class ExpiryWarnings {
  readonly #environment: Environment;
  readonly #outbox: Outbox;
  #nextLook = 0;

  constructor(environment: Environment, outbox: Outbox) {
    this.#environment = environment;
    this.#outbox = outbox;
  }

  /** Looks once an hour, however often it is asked to; a warning that is late by that is not late. */
  async look(): Promise<void> {
    const { clock, mail, store } = this.#environment;
    const now = clock.now();
    if (!mail.ready || now < this.#nextLook) return;
    this.#nextLook = now + hour;
    const endings = (await this.#endings(now)).map((ending) => ({ ending, occasion: occasionOf(ending, now) }));
    const known = await store.outbox.knownOccasions(endings.map(({ occasion }) => occasion));
    const mails: MailRow[] = [];
    for (const { ending, occasion } of endings.filter(({ occasion }) => !known.has(occasion)))
      mails.push(
        ...this.#outbox.mailsFor(await keepersOf(this.#environment, ending.owner), occasion, {
          about: 'expiry',
          ...ending,
        }),
      );
    await store.outbox.add(mails);
    if (mails.length > 0) this.#outbox.wake();
  }

  async #endings(now: number): Promise<Ending[]> {
    const { store } = this.#environment;
    const [keys, tokens] = await Promise.all([
      store.apiKeys.endingBetween(now, now + longest),
      store.providerTokens.endingBetween(now, now + longest),
    ]);
    return [
      ...keys.map((key) => ({ credential: 'apiKey' as const, ...key })),
      ...tokens.map((token) => ({ credential: 'providerToken' as const, ...token })),
    ];
  }
}

/** With the end in it: one that is put off is warned of anew. */
const occasionOf = ({ credential, id, expiresAt }: Ending, now: number): string => {
  const due = warnedAt.find(({ before }) => expiresAt - now <= before);
  return `expiry:${credential}:${id}:${expiresAt}:${due?.days ?? ''}`;
};
