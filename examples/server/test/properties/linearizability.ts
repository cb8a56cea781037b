import { isDeepStrictEqual } from 'node:util';
import type { Model } from './model.js';
import type { Answer, Request } from './requests.js';

export interface Exchange {
  request: Request;
  /** `null` for an answer that was not read. */
  answer: Answer | null;
}

/** Each order that a few requests can be carried out in. */
const ordersOf = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((first, at) => ordersOf(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));

/**
 * Of two creations at the same moment by one person with one Idempotency-Key, for different owners, the second may be
 * told to come again: the contract allows it, and nothing has changed.
 */
const isInFlight = ({ request, answer }: Exchange, all: readonly Exchange[]): boolean =>
  request.do === 'createKey' &&
  answer?.outcome === '409 idempotency_in_flight' &&
  all.some(
    ({ request: other }) =>
      other !== request &&
      other.do === 'createKey' &&
      other.by === request.by &&
      other.idempotencyKey === request.idempotencyKey &&
      other.place !== request.place,
  );

/** The state after the requests in this order, or the first answer that the model gives differently. */
const carryOut = (
  before: Model,
  order: readonly Exchange[],
  now: number,
): { after: Model } | { at: Exchange; expected: Answer } => {
  const after = before.copy();
  for (const exchange of order) {
    if (isInFlight(exchange, order)) continue;
    const { request, answer } = exchange;
    const expected = after.answer(request, now, answer);
    if (answer && !isDeepStrictEqual(expected, answer)) return { at: exchange, expected };
  }
  return { after };
};

export type Consequence =
  | { possible: Model[] }
  /** For each order, the first answer that the model gives differently. */
  | { expected: { at: Exchange; expected: Answer }[] };

/**
 * The states that the server can be in after requests that were under way at the same time, by their answers: those of
 * every order in which the model answers the same. Several orders may do, so several states are possible until a later
 * answer tells them apart.
 */
export const statesAfter = (before: readonly Model[], exchanges: readonly Exchange[], now: number): Consequence => {
  const results = before.flatMap((model) => ordersOf(exchanges).map((order) => carryOut(model, order, now)));
  const states = new Map(
    results.flatMap((result) => ('after' in result ? [[result.after.fingerprint(), result.after] as const] : [])),
  );
  if (states.size > 0) return { possible: [...states.values()] };
  return { expected: results.flatMap((result) => ('expected' in result ? [result] : [])) };
};
