import type { FieldFault } from './refusal.js';

type Presence = 'required' | 'optional' | 'hidden';

/** Errors for fields that are required and missing, or hidden and sent. */
export const presenceFaults = (
  presence: Readonly<Record<string, Presence>>,
  sent: Readonly<Record<string, string | null | undefined>>,
): FieldFault[] =>
  Object.entries(presence).flatMap(([path, rule]): FieldFault[] => {
    const value = sent[path];
    if (rule === 'hidden') return value === undefined ? [] : [{ path, code: 'not_offered' }];
    return rule === 'required' && !value ? [{ path, code: 'required' }] : [];
  });
