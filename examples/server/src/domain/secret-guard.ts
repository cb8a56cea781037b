import { apiKeyPattern } from '@ai-cockpit/sdk/api-key-format';
import { catalogue } from '../providers/index.js';
import type { FieldFault } from './refusal.js';

const patterns = [apiKeyPattern, ...[...catalogue.values()].flatMap(({ secretPattern }) => secretPattern ?? [])];

/** Whether somebody pasted a secret where everybody will read it. */
export const looksLikeSecret = (text: string): boolean => patterns.some((pattern) => pattern.test(text));

/** The texts, by path, that hold what looks like a secret. */
export const secretFaults = (texts: Readonly<Record<string, string | null | undefined>>): FieldFault[] =>
  Object.entries(texts)
    .filter(([, text]) => text && looksLikeSecret(text))
    .map(([path]) => ({ path, code: 'looks_like_secret' }));
