import { apiKeyPattern } from '@ai-cockpit/sdk/api-key-format';
import type { Catalogue } from '../providers/catalogue.js';
import type { FieldFault } from './refusal.js';

/** Whether somebody pasted a secret, of ours or of a provider, where everybody will read it. */
export const looksLikeSecret = (catalogue: Catalogue, text: string): boolean =>
  apiKeyPattern.test(text) || [...catalogue.values()].some(({ secretPattern }) => secretPattern?.test(text));

/** The texts, by path, that hold what looks like a secret. */
export const secretFaults = (
  catalogue: Catalogue,
  texts: Readonly<Record<string, string | null | undefined>>,
): FieldFault[] =>
  Object.entries(texts)
    .filter(([, text]) => text && looksLikeSecret(catalogue, text))
    .map(([path]) => ({ path, code: 'looks_like_secret' }));
