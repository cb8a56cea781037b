import { apiKeyPattern } from '@ai-cockpit/sdk/api-key-format';
import type { Catalogue } from '../providers/catalogue.js';
import type { FieldError } from './problem-error.js';

/** The placeholder for a removed secret. */
export const redacted = '[redacted]';

/**
 * The forms of tokens that are in wide use, whether or not their provider is in the catalogue. The time that each takes
 * grows with the text, not with its square: of a run of characters that a form repeats, it begins at the first.
 */
const tokenForms = [
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_\\w{22,}',
  'glpat-[\\w-]{20,}',
  'AT[AC]TT[A-Za-z0-9_=-]{20,}',
  'xox[abeprs]-[A-Za-z0-9-]{10,}',
  '(?<![A-Za-z0-9])sk-(?=[\\w-]{0,40}\\d)[\\w-]{20,}',
  '(?<![A-Za-z0-9])[sr]k_(?:live|test)_[A-Za-z0-9]{16,}',
  '(?:AKIA|ASIA)[A-Z0-9]{16}',
  'AIza[\\w-]{35}',
  'npm_[A-Za-z0-9]{36}',
  'hf_[A-Za-z0-9]{30,}',
  'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
  '(?<![\\w-])(?=[\\w-]*eyJ[\\w-]{8})[\\w-]{11,}\\.[\\w-]{8,}\\.[\\w-]{8,}',
  '-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----',
  '(?:[Bb]earer|[Bb]asic) +[\\w.~+/-]{20,}=*',
];
const knownForms = new RegExp(tokenForms.join('|'), 'u');

/** No text of this API is longer; a longer one is refused for that. */
const longestText = 4096;

export const patternsOf = (catalogue: Catalogue): RegExp[] => [
  apiKeyPattern,
  knownForms,
  ...[...catalogue.values()].flatMap(({ secretPattern }) => secretPattern ?? []),
];

/**
 * The text without characters that show nothing. Where a text is kept, they are removed and it is normalised: a secret
 * with one inside would be whole again. The Kelvin sign is all that NFC makes a letter of ASCII.
 */
const withoutInvisible = (text: string): string =>
  text.replace(/[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu, '').replaceAll('\u212A', 'K');

/** Whether somebody pasted a secret, of ours or of a provider, where everybody will read it. */
export const looksLikeSecret = (catalogue: Catalogue, text: string): boolean => {
  const bounded = text.trim().slice(0, longestText);
  const visible = withoutInvisible(bounded);
  return patternsOf(catalogue).some(
    (pattern) => pattern.test(bounded) || (visible !== bounded && pattern.test(visible)),
  );
};

/** Texts that people write: one that is a long mix of letters and digits and nothing else is no such text. */
const prose = new Set(['firstName', 'lastName', 'name', 'code', 'description', 'purpose', 'reason', 'title']);
const isOpaque = (text: string): boolean =>
  /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/=~-]{32,}$/.test(withoutInvisible(text.trim().slice(0, longestText)));

/** Whether a text holds a secret, by the member that it is of. */
export const isSecretIn = (catalogue: Catalogue, member: string, text: string): boolean =>
  looksLikeSecret(catalogue, text) || (prose.has(member) && isOpaque(text));

/** The texts that people write, by path, that hold what looks like a secret. */
export const secretErrors = (
  catalogue: Catalogue,
  texts: Readonly<Record<string, string | null | undefined>>,
): FieldError[] =>
  Object.entries(texts)
    .filter(([, text]) => text && (looksLikeSecret(catalogue, text) || isOpaque(text)))
    .map(([path]) => ({ path, code: 'looks_like_secret' }));

/**
 * The places in the JSON of a request, names of members included, that hold what looks like a secret.
 *
 * @param meant The member whose values may be secret: those of a provider token.
 */
export const secretErrorsIn = (catalogue: Catalogue, json: unknown, meant = 'values'): FieldError[] => {
  const fieldErrors: FieldError[] = [];
  const look = (value: unknown, path: string[]): void => {
    const [root] = path;
    if (typeof value === 'string') {
      const isSecret = isSecretIn(catalogue, path.length === 1 ? (root ?? '') : '', value);
      if (root !== meant && isSecret) fieldErrors.push({ path: path.join('.'), code: 'looks_like_secret' });
    } else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) {
        const at = [...path, name];
        if (looksLikeSecret(catalogue, name)) fieldErrors.push({ path: at.join('.'), code: 'looks_like_secret' });
        look(member, at);
      }
  };
  look(json, []);
  return fieldErrors;
};

/** A text for a log or an answer, without what looks like a secret, and no longer than any text of this API. */
export const withoutSecrets = (catalogue: Catalogue, text: string): string => {
  const bounded = text.slice(0, longestText);
  if (!looksLikeSecret(catalogue, bounded)) return bounded;
  return patternsOf(catalogue).reduce(
    (clean, { source, flags }) => clean.replace(new RegExp(source, `${flags.replace('g', '')}g`), redacted),
    withoutInvisible(bounded),
  );
};

/** No member of this API has such a name; the secret of a provider that the catalogue does not know may be one. */
const longName = /(?<![\w~+/=-])(?=[\w~+/=-]*\d)[\w~+/=-]{32,}/g;

/** Faults to answer: of a name that nobody asked for, nothing is repeated that may be a secret. */
export const withoutSecretPaths = (catalogue: Catalogue, fieldErrors: readonly FieldError[]): FieldError[] => {
  const clean = new Map<string, FieldError>();
  for (const { path, code } of fieldErrors) {
    const isSecret = looksLikeSecret(catalogue, path);
    const answered = withoutSecrets(catalogue, path).replace(longName, redacted);
    const error: FieldError = { path: answered, code: isSecret ? 'looks_like_secret' : code };
    if (!clean.has(answered) || isSecret) clean.set(answered, error);
  }
  return [...clean.values()];
};
