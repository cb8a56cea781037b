const rowsAtOnce = 500;
const betweenBatches = 5;

/** Lets everything else have its turn. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Items in parts that one statement can take as parameters, with a turn for everything else after each. */
export async function* chunksOf<T>(items: readonly T[]): AsyncGenerator<T[]> {
  for (let at = 0; at < items.length; at += rowsAtOnce) {
    if (at > 0) await breathe();
    yield items.slice(at, at + rowsAtOnce);
  }
}

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
