import type { Clock } from '../ports/clock.js';
import { inBatches } from '../store/batches.js';
import type { Records } from '../store/store.js';

const day = 24 * 60 * 60 * 1000;
/** How many batches one process deletes at a time; the rest waits for the next look. */
const batchesAtOnce = 20;

/**
 * Deletes activity once it is old enough, and the keys that ended as long ago: until then the rows of activity that name
 * them can be followed to them.
 */
export const deleteOldRecords = async (
  { store, clock }: { store: Pick<Records, 'activity' | 'apiKeys'>; clock: Clock },
  retentionDays: number,
): Promise<void> => {
  const before = clock.now() - retentionDays * day;
  await inBatches((limit) => store.activity.deleteBefore(before, limit), batchesAtOnce);
  await inBatches((limit) => store.apiKeys.deleteEndedBefore(before, limit), batchesAtOnce);
};
