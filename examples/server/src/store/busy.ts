const sqliteBusy = 5;
const patience = 5000;

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
export const whileBusy = async <T>(attempt: () => T | Promise<T>): Promise<T> => {
  const started = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() - started > patience) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 10));
    }
  }
};
