import type { ApiKeysPolicy, NewApiKey } from '@ai-cockpit/sdk/contract';
import type { FieldError } from './problem-error.js';

export interface Expiry {
  expiresAt: number | null;
  /** The date that was asked for, where it was a date. */
  expiresOn: string | null;
}

const day = 24 * 60 * 60 * 1000;
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** When a key ends by what was asked for, or what is wrong with that. */
export const expiryOf = (
  policy: ApiKeysPolicy['expiry'],
  { expiresAt, expiresInDays }: Pick<NewApiKey, 'expiresAt' | 'expiresInDays'>,
  now: number,
): Expiry | FieldError => {
  const { mode, input, choicesInDays, custom, maxInDays } = policy;
  const inChoices = input === 'choices';

  if (mode === 'none') {
    if (expiresAt !== undefined) return { path: 'expiresAt', code: 'not_offered' };
    if (expiresInDays !== undefined) return { path: 'expiresInDays', code: 'not_offered' };
    return { expiresAt: null, expiresOn: null };
  }
  if (expiresAt !== undefined && expiresInDays !== undefined) return { path: 'expiresAt', code: 'conflicting' };

  if (expiresInDays !== undefined) {
    if (!inChoices || !choicesInDays.includes(expiresInDays)) return { path: 'expiresInDays', code: 'not_offered' };
    if (maxInDays !== null && expiresInDays > maxInDays) return { path: 'expiresInDays', code: 'beyond_maximum' };
    return { expiresAt: now + expiresInDays * day, expiresOn: null };
  }
  if (expiresAt === undefined) {
    if (mode === 'required') return { path: inChoices ? 'expiresInDays' : 'expiresAt', code: 'required' };
    return { expiresAt: null, expiresOn: null };
  }
  if (inChoices && !custom) return { path: 'expiresAt', code: 'not_offered' };

  const latest = maxInDays === null ? null : now + maxInDays * day;
  if (isDate(expiresAt)) {
    if (expiresAt <= dateOf(now)) return { path: 'expiresAt', code: 'not_in_future' };
    if (latest !== null && expiresAt > dateOf(latest)) return { path: 'expiresAt', code: 'beyond_maximum' };
    return { expiresAt: Date.parse(`${expiresAt}T23:59:59Z`), expiresOn: expiresAt };
  }
  const instant = Date.parse(expiresAt);
  if (!(instant > now)) return { path: 'expiresAt', code: 'not_in_future' };
  if (latest !== null && instant > latest) return { path: 'expiresAt', code: 'beyond_maximum' };
  return { expiresAt: instant, expiresOn: null };
};
