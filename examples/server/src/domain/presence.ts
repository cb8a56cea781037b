import type { FieldFault } from './refusal.js';

type Presence = 'required' | 'optional' | 'hidden';

/** What the policy says of each field against what was sent: missing where required, sent where not asked for. */
export const presenceFaults = (
  presence: Readonly<Record<string, Presence>>,
  sent: Readonly<Record<string, string | null | undefined>>,
): FieldFault[] =>
  Object.entries(presence).flatMap(([path, rule]): FieldFault[] => {
    const value = sent[path];
    if (rule === 'hidden') return value === undefined ? [] : [{ path, code: 'not_offered' }];
    return rule === 'required' && !value ? [{ path, code: 'required' }] : [];
  });
