import { inBatches } from '../store/batches.js';
import type { Environment } from './environment.js';

const day = 24 * 60 * 60 * 1000;
/** How many batches one process deletes at a time; the rest waits for the next look. */
const batchesAtOnce = 20;

/**
 * Deletes activity once it is old enough, and the keys that ended as long ago: until then the rows of activity that name
 * them can be followed to them.
 */
export class Retention {
  readonly #environment: Environment;
  readonly #days: number;

  constructor(environment: Environment, days: number) {
    this.#environment = environment;
    this.#days = days;
  }

  async sweep(): Promise<void> {
    const { store, clock } = this.#environment;
    const before = clock.now() - this.#days * day;
    await inBatches((limit) => store.activity.deleteBefore(before, limit), batchesAtOnce);
    await inBatches((limit) => store.apiKeys.deleteEndedBefore(before, limit), batchesAtOnce);
  }
}
