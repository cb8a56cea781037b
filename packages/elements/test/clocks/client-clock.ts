const RealDate = Date;

/** Sets the clock of the person's computer wrong by so many milliseconds: of all in the page, the server does not use it. */
export const setClientClock = (skew: number): void => {
  globalThis.Date = class extends RealDate {
    constructor(...parameters: unknown[]) {
      // As `new Date()` takes them: with none of them, it is now.
      super(...((parameters.length === 0 ? [RealDate.now() + skew] : parameters) as [number]));
    }

    static override now(): number {
      return RealDate.now() + skew;
    }
  } as DateConstructor;
};

export const restoreClientClock = (): void => {
  globalThis.Date = RealDate;
};
