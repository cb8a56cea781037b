import { ProblemError } from './problem-error.js';

/** Keys, and likewise provider tokens, of one owner, whatever the policy allows: lists and searches stay quick. */
export const mostPerOwner = 10_000;

/** Counts within the transaction that holds the owner's lock: two requests cannot both take the last place. */
export const checkTechnicalLimit = async (what: string, count: (most: number) => Promise<number>): Promise<void> => {
  if ((await count(mostPerOwner)) < mostPerOwner) return;
  throw new ProblemError(
    'limit_reached',
    [],
    undefined,
    `An owner can have at most 10,000 ${what}: delete some first.`,
  );
};
