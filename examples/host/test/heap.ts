import type { Page } from 'playwright-core';

/** A heap snapshot after garbage collection: it contains every string that is still referenced. */
const snapshot = async (page: Page): Promise<string> => {
  const debuggee = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  debuggee.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await debuggee.send('HeapProfiler.enable');
  for (let round = 0; round < 3; round += 1) {
    await debuggee.send('HeapProfiler.collectGarbage');
    // Finalizers run in a later task than the collection. A page that is animated may never be idle.
    await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 100 })));
  }
  await debuggee.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await debuggee.detach();
  return chunks.join('');
};

/**
 * Whether the page's heap still holds a secret, or a part of one long enough to matter. A task that is under way, as that
 * of an answer, may hold it a moment longer: a test that it is gone polls.
 */
export const heapHolds = async (page: Page, secret: string): Promise<boolean> => {
  const heap = await snapshot(page);
  const parts = [secret.slice(0, 20), secret.slice(10, 30), secret.slice(-20)];
  return parts.some((part) => heap.includes(part));
};
