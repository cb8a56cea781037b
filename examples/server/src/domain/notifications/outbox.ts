import type { Environment } from '../environment.js';
import type { Logger } from '../../ports/logger.js';
import type { Delivery } from '../../ports/mail.js';
import { inBatches } from '../../store/batches.js';
import type { MailRow } from '../../store/tables.js';
import type { Actor } from '../activity.js';
import { backoff } from '../backoff.js';
import { newId } from '../ids.js';
import { oneAtATime } from '../one-at-a-time.js';
import type { Contents } from './contents.js';
import type { Letters } from './letters.js';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** After which a mail that somebody began to send counts as not sent: more than twice what sending takes at most. */
const leaseFor = 3 * minute;
/** How long a mail is tried, as mail servers do (RFC 5321, 4.5.4.1). */
const triedFor = 5 * day;
/** After which what waits is too old to send even where nothing could be tried, as where no mail server is configured. */
const keptFor = triedFor + day;
/** For how long an event that comes again is known, and a warning that was given. */
const rememberedFor = 60 * day;

/** How many mails one process sends at once. */
const atOnce = 4;

const ourselves: Actor = { kind: 'none', id: null, name: null, source: '', requestId: '' };

/**
 * Mails that are decided on, until they are sent: rows, so that neither a mail server that is away nor an end of this
 * process loses one. Each is sent by one process at a time, and once; only where a process dies, or an answer is lost,
 * between the mail server's acceptance and the note of it is it sent again, under the same Message-ID.
 */
export class Outbox {
  readonly #environment: Environment;
  readonly #letters: Letters;
  readonly #logger: Logger;
  /** The host name of a Message-ID, after the @. */
  readonly #host: string;
  /** How often in a row the mail server was not there; until when it is left alone. Each process finds out by itself. */
  #failures = 0;
  #heldUntil = 0;
  /** A delivery that is running may have looked before a new mail was added: it looks again. */
  readonly #sendDue = oneAtATime(() => this.#sendAll());
  #stopped = false;

  constructor(environment: Environment, letters: Letters, logger: Logger, host: string) {
    this.#environment = environment;
    this.#letters = letters;
    this.#logger = logger;
    this.#host = host;
  }

  /** Mails to be added in the transaction of what they tell of. */
  mailsFor(userIds: readonly string[], occasion: string, contents: Contents): MailRow[] {
    const { clock, random } = this.#environment;
    const now = clock.now();
    return userIds.map((userId) => {
      const id = newId(random);
      return {
        id,
        messageId: `<${id}@${this.#host}>`,
        occasion,
        userId,
        contents: JSON.stringify(contents),
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: now,
        createdAt: now,
        settledAt: null,
      };
    });
  }

  /** There may be something to send: no need to wait for the next look. */
  wake(): void {
    this.#environment.background.run(() => this.deliver());
  }

  /** Sends what is due; for every second or so. */
  deliver(): Promise<void> {
    const { mail, clock } = this.#environment;
    if (!mail.ready || this.#stopped || clock.now() < this.#heldUntil) return Promise.resolve();
    return this.#sendDue();
  }

  /** Finishes mails that are being sent; others wait for the next start. */
  stop(): void {
    this.#stopped = true;
  }

  async sweep(): Promise<void> {
    const { store, clock } = this.#environment;
    const now = clock.now();
    const remembered = now - rememberedFor;
    await inBatches((limit) => store.outbox.giveUpBefore(now - keptFor, now, limit));
    await inBatches((limit) => store.outbox.deleteSettledBefore(remembered, limit));
    await inBatches((limit) => store.outbox.deleteEventsBefore(remembered, limit));
  }

  async #sendAll(): Promise<void> {
    const sendSome = async () => {
      while (!this.#stopped && this.#environment.clock.now() >= this.#heldUntil && (await this.#sendNext()));
    };
    await Promise.all(Array.from({ length: atOnce }, sendSome));
  }

  /** Whether there was one. */
  async #sendNext(): Promise<boolean> {
    const { store, clock, mail } = this.#environment;
    const now = clock.now();
    const row = await store.outbox.claim(now, now + leaseFor);
    if (!row) return false;
    const letter = await this.#letters.write(row);
    if (letter) await this.#settle(row, await mail.send(letter));
    else await store.outbox.settle(row, 'unwanted', clock.now());
    return true;
  }

  async #settle(row: MailRow, { outcome, reason = '' }: Delivery): Promise<void> {
    const { store, clock, random } = this.#environment;
    const now = clock.now();
    if (outcome === 'accepted') await store.outbox.settle(row, 'sent', now);
    else if (outcome === 'refused' || row.createdAt < now - triedFor) await this.#giveUp(row, reason);
    else {
      // The server's absence is no fault of the mail: when it goes depends on the server alone.
      const wait = outcome === 'deferred' ? backoff(random, row.attempts, minute, 60 * minute) : 0;
      await store.outbox.postpone(row, now + wait);
    }
    if (outcome === 'unavailable') this.#hold(reason);
    else this.#release();
  }

  async #giveUp(row: MailRow, reason: string): Promise<void> {
    const { store, clock, activity } = this.#environment;
    await store.transaction(async (tx) => {
      await tx.outbox.settle(row, 'refused', clock.now());
      const owner = { kind: 'user' as const, id: row.userId };
      await activity.record(tx, {
        action: 'mail.refused',
        outcome: 'refused',
        actor: ourselves,
        owner,
        detail: { reason },
      });
    });
  }

  #hold(reason: string): void {
    const { clock, random } = this.#environment;
    // The others that were under way say nothing new.
    if (clock.now() < this.#heldUntil) return;
    this.#failures += 1;
    this.#heldUntil = clock.now() + backoff(random, this.#failures, second, minute);
    this.#logger.warn({ reason, failures: this.#failures }, 'the mail server is not available');
  }

  #release(): void {
    if (this.#failures > 0) this.#logger.info({ failures: this.#failures }, 'the mail server is back');
    this.#failures = 0;
    this.#heldUntil = 0;
  }
}
