import type { Background } from '../../ports/background.js';
import type { Clock } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { Delivery, MailServer } from '../../ports/mail.js';
import type { Random } from '../../ports/random.js';
import { inBatches } from '../../store/batches.js';
import type { Records } from '../../store/store.js';
import type { MailRow } from '../../store/tables.js';
import type { Actor } from '../activity.js';
import { backoff } from '../backoff.js';
import type { Change } from '../change.js';
import { newId } from '../ids.js';
import { oneAtATime } from '../one-at-a-time.js';
import type { Contents } from './contents.js';
import { type MailRendererContext, renderMail } from './mail-renderer.js';

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

/** The actor of the server's own writes. */
const ourselves: Actor = { kind: 'none', id: null, name: null, source: '', requestId: '' };

interface OutboxContext extends MailRendererContext {
  store: MailRendererContext['store'] & Pick<Records, 'outbox'>;
  change: Change;
  clock: Clock;
  random: Random;
  background: Background;
  mail: MailServer;
  logger: Logger;
  /** The host name of a Message-ID, after the @. */
  mailDomain: string;
}

/** Mails that are decided on, until they are sent. */
export interface Outbox {
  /** Mails to be added in the transaction of what they tell of. */
  mailsFor: (userIds: readonly string[], dedupeKey: string, contents: Contents) => MailRow[];
  /** There may be something to send: no need to wait for the next look. */
  wake: () => void;
  /** Sends what is due; for every second or so. */
  deliver: () => Promise<void>;
  /** Finishes mails that are being sent; others wait for the next start. */
  stop: () => void;
}

/**
 * Mails are rows, so that neither a mail server that is away nor an end of this process loses one. Each is sent by one
 * process at a time, and once; only where a process dies, or an answer is lost, between the mail server's acceptance and
 * the note of it is it sent again, under the same Message-ID.
 */
export const createOutbox = (context: OutboxContext): Outbox => {
  const { store, change, clock, random, background, mail, logger, mailDomain } = context;
  // How often in a row the mail server was not there; until when it is left alone. Each process finds out by itself.
  let failures = 0;
  let heldUntil = 0;
  let isStopped = false;

  const hold = (reason: string): void => {
    // The others that were under way say nothing new.
    if (clock.now() < heldUntil) return;
    failures += 1;
    heldUntil = clock.now() + backoff(random, failures, second, minute);
    logger.warn({ reason, failures }, 'the mail server is not available');
  };

  const release = (): void => {
    if (failures > 0) logger.info({ failures }, 'the mail server is back');
    failures = 0;
    heldUntil = 0;
  };

  const giveUp = (row: MailRow, reason: string): Promise<void> =>
    change({ kind: 'user', id: row.userId }, ourselves, async ({ tx, now, record }) => {
      await tx.outbox.settle(row, 'refused', now);
      await record({ action: 'mail.refused', outcome: 'refused', detail: { reason } });
    });

  const settle = async (row: MailRow, { outcome, reason = '' }: Delivery): Promise<void> => {
    const now = clock.now();
    if (outcome === 'accepted') await store.outbox.settle(row, 'sent', now);
    else if (outcome === 'refused' || row.createdAt < now - triedFor) await giveUp(row, reason);
    else {
      // The server's absence is no fault of the mail: when it goes depends on the server alone.
      const wait = outcome === 'deferred' ? backoff(random, row.attempts, minute, 60 * minute) : 0;
      await store.outbox.postpone(row, now + wait);
    }
    if (outcome === 'unavailable') hold(reason);
    else release();
  };

  /** Whether there was one. */
  const sendNext = async (): Promise<boolean> => {
    const now = clock.now();
    const row = await store.outbox.claim(now, now + leaseFor);
    if (!row) return false;
    const message = await renderMail(context, row);
    if (message) await settle(row, await mail.send(message));
    else await store.outbox.settle(row, 'unwanted', clock.now());
    return true;
  };

  // A delivery that is running may have looked before a new mail was added: it looks again.
  const sendDue = oneAtATime(async () => {
    const sendSome = async () => {
      while (!isStopped && clock.now() >= heldUntil && (await sendNext()));
    };
    await Promise.all(Array.from({ length: atOnce }, sendSome));
  });

  const deliver = (): Promise<void> =>
    !mail.ready || isStopped || clock.now() < heldUntil ? Promise.resolve() : sendDue();

  return {
    mailsFor: (userIds, occasion, contents) => {
      const now = clock.now();
      return userIds.map((userId) => {
        const id = newId(random);
        return {
          id,
          messageId: `<${id}@${mailDomain}>`,
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
    },
    wake: () => background.run(deliver),
    deliver,
    stop: () => {
      isStopped = true;
    },
  };
};

/** Gives up what is too old to send, and forgets what was sent long ago. */
export const deleteOldMail = async ({
  store: { outbox },
  clock,
}: {
  store: Pick<Records, 'outbox'>;
  clock: Clock;
}): Promise<void> => {
  const now = clock.now();
  const remembered = now - rememberedFor;
  await inBatches((limit) => outbox.giveUpBefore(now - keptFor, now, limit));
  await inBatches((limit) => outbox.deleteSettledBefore(remembered, limit));
  await inBatches((limit) => outbox.deleteEventsBefore(remembered, limit));
};
