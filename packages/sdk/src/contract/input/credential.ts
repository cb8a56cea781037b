import type { FieldErrorCode } from '../endpoints/problem-codes.js';
import { isInvisible, isWhiteSpace, longestInput } from './characters.js';

/** Why a token, key or other credential cannot be used as it was copied. The error codes explain each. */
export type CredentialErrorCode = Extract<
  FieldErrorCode,
  'quoted' | 'labelled' | 'scheme' | 'masked' | 'white_space' | 'invisible' | 'not_ascii'
>;

const quotationMarks = '"\'`´′″‘’‚‛“”„‟«»‹›「」『』＂＇';
const maskCharacters = '•●∙⋅·‧◦○⚫⬤＊…';
const schemes = ['bearer', 'basic', 'token', 'apikey', 'digest'];
const headerNames = ['authorization', 'bearer', 'x-api-key', 'apikey', 'api-key', 'x-sn-apikey', 'private-token'];
const nameParts = ['key', 'token', 'secret', 'password', 'credential'];

// One character at a time: engines keep the last text that a regular expression ran on.
const isName = (text: string) => text !== '' && [...text].every((character) => /[\w-]/.test(character));

/** The trimmed text before the first separator, and the text after it. */
const splitAt = (text: string, separator: string): readonly [string, string] => {
  const index = text.indexOf(separator);
  return index < 0 ? ['', ''] : [text.slice(0, index).trim(), text.slice(index + 1)];
};

/** `X-API-KEY: value`, `Authorization:value`. */
const hasHeaderName = (text: string) => {
  const [name, value] = splitAt(text, ':');
  return isName(name) && (isWhiteSpace(value.charAt(0)) || headerNames.includes(name.toLowerCase()));
};

/** `API_KEY=value`, `export TOKEN=value`; but not Base64 that ends with `=`, nor `SharedAccessKey=…`. */
const hasVariableName = (text: string) => {
  const [before, value] = splitAt(text, '=');
  const name = before.slice(before.lastIndexOf(' ') + 1);
  const lower = name.toLowerCase();
  return (
    isName(name) &&
    value !== '' &&
    !value.startsWith('=') &&
    (name === name.toUpperCase() || name.startsWith(lower.charAt(0))) &&
    nameParts.some((part) => lower.includes(part))
  );
};

/** `{"apiKey":"value"}`, a line of a JSON or YAML file. */
const hasMemberName = (text: string) => text.includes('":') || text.includes("':");

const hasScheme = (characters: readonly string[]) => {
  const end = characters.findIndex(isWhiteSpace);
  return end > 0 && schemes.includes(characters.slice(0, end).join('').toLowerCase());
};

const isMasked = (text: string, characters: readonly string[]) =>
  text.includes('***') ||
  text.includes('...') ||
  text.toLowerCase().includes('[redacted]') ||
  characters.some((character) => maskCharacters.includes(character));

/**
 * Why a text, its ends trimmed, is not the visible ASCII of which tokens and keys are made. No regular expression runs
 * on more than one character of it, and the result holds nothing of it.
 */
export const credentialErrorCode = (text: string): CredentialErrorCode | undefined => {
  if (text === '' || text.length > longestInput) return undefined;
  const characters = [...text];
  const [first = ''] = characters;
  const last = characters.at(-1) ?? '';
  if (hasHeaderName(text) || hasVariableName(text) || hasMemberName(text)) return 'labelled';
  if (quotationMarks.includes(first) || quotationMarks.includes(last) || (first === '<' && last === '>'))
    return 'quoted';
  if (hasScheme(characters)) return 'scheme';
  if (isMasked(text, characters)) return 'masked';
  if (characters.some(isWhiteSpace)) return 'white_space';
  if (characters.some(isInvisible)) return 'invisible';
  return characters.some((character) => character > '~') ? 'not_ascii' : undefined;
};
