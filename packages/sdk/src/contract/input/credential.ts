import type { FieldErrorCode } from '../endpoints/problem.js';
import { codePointsOf, isInvisible, isWhiteSpace, longestInput } from './characters.js';

/** What is found in a token, key or other credential that was not copied right: what each means is said at the codes. */
export type CredentialFault = Extract<
  FieldErrorCode,
  'quoted' | 'labelled' | 'scheme' | 'masked' | 'white_space' | 'invisible' | 'not_ascii'
>;

const quotationMarks = codePointsOf('"\'`´′″‘’‚‛“”„‟«»‹›「」『』＂＇');
const maskCharacters = codePointsOf('•●∙⋅·‧◦○⚫⬤＊…');
const schemes = ['bearer', 'basic', 'token', 'apikey', 'digest'];
const headerNames = ['authorization', 'x-api-key', 'apikey', 'api-key', 'x-sn-apikey', 'private-token'];
const nameParts = ['key', 'token', 'secret', 'password', 'credential'];

const isNameCode = (code: number) =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x2d ||
  code === 0x5f;

const isName = (text: string) => text !== '' && codePointsOf(text).every(isNameCode);

/** `X-API-KEY: value`, `Authorization:value`. */
const hasHeaderName = (text: string, codes: readonly number[]) => {
  const name = text.slice(0, Math.max(0, text.indexOf(':'))).trim();
  const next = codes[text.indexOf(':') + 1] ?? 0;
  return isName(name) && (isWhiteSpace(next) || headerNames.includes(name.toLowerCase()));
};

/** `API_KEY=value`, `export TOKEN=value`; but not Base64 that ends with `=`, nor `SharedAccessKey=…`. */
const hasVariableName = (text: string, codes: readonly number[]) => {
  const end = codes.indexOf(0x3d);
  const before = text.slice(0, Math.max(0, text.indexOf('='))).trim();
  const name = before.slice(before.lastIndexOf(' ') + 1);
  const lower = name.toLowerCase();
  return (
    isName(name) &&
    end < codes.length - 1 &&
    codes[end + 1] !== 0x3d &&
    (name === name.toUpperCase() || name.startsWith(lower.charAt(0))) &&
    nameParts.some((part) => lower.includes(part))
  );
};

/** `{"apiKey":"value"}`, a line of a JSON or YAML file. */
const hasMemberName = (text: string) => text.includes('":') || text.includes("':");

const hasScheme = (text: string, codes: readonly number[]) => {
  const end = codes.findIndex(isWhiteSpace);
  return end > 0 && schemes.includes(text.slice(0, end).toLowerCase());
};

const isMasked = (text: string, codes: readonly number[]) =>
  text.includes('***') ||
  text.includes('...') ||
  text.toLowerCase().includes('[redacted]') ||
  codes.some((code) => maskCharacters.includes(code));

/**
 * Why a text, its ends trimmed, is not the visible ASCII of which tokens and keys are made. No regular expression runs
 * over it, and what is returned holds nothing of it.
 */
export const credentialFault = (text: string): CredentialFault | undefined => {
  if (text === '' || text.length > longestInput) return undefined;
  const codes = codePointsOf(text);
  const [first = 0] = codes;
  const last = codes.at(-1) ?? 0;
  if (hasHeaderName(text, codes) || hasVariableName(text, codes) || hasMemberName(text)) return 'labelled';
  if (quotationMarks.includes(first) || quotationMarks.includes(last) || (first === 0x3c && last === 0x3e))
    return 'quoted';
  if (hasScheme(text, codes)) return 'scheme';
  if (isMasked(text, codes)) return 'masked';
  if (codes.some(isWhiteSpace)) return 'white_space';
  if (codes.some(isInvisible)) return 'invisible';
  return codes.some((code) => code > 0x7e) ? 'not_ascii' : undefined;
};
