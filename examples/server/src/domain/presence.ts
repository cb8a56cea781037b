import type { FieldError } from './problem-error.js';

type Presence = 'required' | 'optional' | 'hidden';

/** Errors for fields that are required and missing, or hidden and sent. */
export const presenceErrors = (
  presence: Readonly<Record<string, Presence>>,
  sent: Readonly<Record<string, string | null | undefined>>,
): FieldError[] =>
  Object.entries(presence).flatMap(([path, rule]): FieldError[] => {
    const value = sent[path];
    if (rule === 'hidden') return value === undefined ? [] : [{ path, code: 'not_offered' }];
    return rule === 'required' && !value ? [{ path, code: 'required' }] : [];
  });
