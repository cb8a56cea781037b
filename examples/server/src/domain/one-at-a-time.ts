/**
 * Runs work once at a time, however often it is called. A call during a run has the work run once more, as the current
 * run may have passed what the call is about, and resolves after that.
 */
export const oneAtATime = (work: () => Promise<void>): (() => Promise<void>) => {
  let isRequested = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (isRequested) {
      isRequested = false;
      await work();
    }
  };
  return () => {
    isRequested = true;
    running ??= run().finally(() => (running = undefined));
    return running;
  };
};
