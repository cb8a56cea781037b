/** One thing to end before the process does. */
export interface ShutdownStep {
  /** For the log, where the step's time runs out. */
  what: string;
  /** Milliseconds. */
  limit: number;
  /** Answers what it had to leave, if anything. */
  end: () => Promise<string | void>;
}

/** Takes the steps in turn, none for longer than its limit; answers what is left then. */
export const shutDown = async (steps: readonly ShutdownStep[]): Promise<string[]> => {
  const left: string[] = [];
  for (const { what, limit, end } of steps) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(what), limit);
    });
    const remainder = await Promise.race([end().catch(() => what), late]);
    clearTimeout(timer);
    if (remainder) left.push(remainder);
  }
  return left;
};
