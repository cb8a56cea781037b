import type { Logger } from './logger.js';

/** Work that no answer waits for. What it is given may fail without anybody's harm; a failure is logged. */
export class Background {
  readonly #logger: Logger;
  readonly #running = new Set<Promise<void>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  run(task: () => Promise<void>): void {
    const running: Promise<void> = task()
      .catch((error: unknown) =>
        this.#logger.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'background work failed'),
      )
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves once all that was given has ended. */
  async settled(): Promise<void> {
    while (this.#running.size) await Promise.all(this.#running);
  }
}
