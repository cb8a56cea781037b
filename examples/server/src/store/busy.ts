const sqliteBusy = 5;
const patience = 5000;
/** For a request that was late before it came to its write, as with a slow upload. */
const atLeast = 250;

/** Until when the writes of one request may wait for the database, all together. */
export interface WaitingTime {
  /** As `performance.now()` counts. */
  until: number;
}

export const newWaitingTime = (): WaitingTime => ({ until: performance.now() + patience });

const limitOf = ({ until }: WaitingTime): number => Math.max(until, performance.now() + atLeast);

/** Another write kept this one waiting for too long. */
class StoreBusy extends Error {
  override readonly name = 'StoreBusy';
  /** As SQLite's own. */
  readonly errcode = sqliteBusy;
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === sqliteBusy;

/**
 * Waits for another process's write without keeping this one from anything else. SQLite's own waiting would stop the
 * whole process, and with it whatever else here is about to finish its write; and where it sees two processes in each
 * other's way, as when both make a new file's mode WAL, it does not wait at all.
 */
export const whileBusy = async <T>(attempt: () => T | Promise<T>, time = newWaitingTime()): Promise<T> => {
  const limit = limitOf(time);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > limit) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 10));
    }
  }
};

/** One writer at a time, in the order in which they came; a writer whose time is up leaves the queue. */
export class WriteQueue {
  #isTaken = false;
  readonly #waiting = new Set<() => void>();

  async enter(time: WaitingTime): Promise<void> {
    if (!this.#isTaken) {
      this.#isTaken = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(enter);
        reject(new StoreBusy('Other writes took too long'));
      }, limitOf(time) - performance.now());
      this.#waiting.add(enter);
    });
  }

  leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#isTaken = false;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
