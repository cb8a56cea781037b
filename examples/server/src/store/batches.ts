const rowsAtOnce = 500;
const betweenBatches = 5;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, betweenBatches));

/**
 * Changes many rows a few at a time, so that no lock and no statement keeps others waiting.
 *
 * @param change Changes as many rows as it is told at most; answers how many there were.
 * @param batches After which the rest waits for the next time.
 */
export const inBatches = async (
  change: (limit: number) => Promise<number>,
  batches = Number.POSITIVE_INFINITY,
): Promise<void> => {
  for (let batch = 1; (await change(rowsAtOnce)) === rowsAtOnce && batch < batches; batch++) await pause();
};
