/**
 * The two written forms of an API key, and how to check one without a server:
 * `<prefix>_<id 12><secret 30><checksum 6>`, and `<id 8>.<secret 32>`, which has no checksum.
 *
 * A key is read as character codes, and its parts are made from these. Engines keep the last text that a regular
 * expression ran on, and a slice keeps the whole text that it was cut from.
 */

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const idLength = 12;
const checksumLength = 6;
const tailLength = idLength + 30 + checksumLength;
const plainIdLength = 8;
const plainLength = plainIdLength + 1 + 32;

export interface ParsedApiKey {
  style: 'prefixed' | '8.32';
  /** `null` in the 8.32 form. */
  prefix: string | null;
  /** The part by which a server looks the key up: not secret. */
  id: string;
}

/** Finds keys in logs, sources and dumps. Has no `g` flag, so that `test` keeps no state: add it to find them all. */
export const apiKeyPattern =
  /(?<![0-9A-Za-z])(?:[a-z][a-z0-9]{1,9}_[0-9A-Za-z]{48}|[0-9A-Za-z]{8}\.[0-9A-Za-z]{32})(?![0-9A-Za-z])/;

const within = (code: number, first: string, last: string) => code >= first.charCodeAt(0) && code <= last.charCodeAt(0);
const isDigit = (code: number) => within(code, '0', '9');
const isLower = (code: number) => within(code, 'a', 'z');
const isBase62 = (code: number) => isDigit(code) || isLower(code) || within(code, 'A', 'Z');

const characterCodes = (text: string) => Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
const textOf = (codes: number[]) => String.fromCharCode(...codes);

/** CRC-32 as in IEEE 802.3, bit by bit: a key is too short for a table to pay. */
const crc32 = (codes: number[]) => {
  let crc = 0xffffffff;
  for (const code of codes) {
    crc ^= code;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
};

const checksumOf = (codes: number[]) => {
  let rest = crc32(codes);
  let result = '';
  while (result.length < checksumLength) {
    result = digits.charAt(rest % 62) + result;
    rest = Math.floor(rest / 62);
  }
  return result;
};

/** The six characters that end a prefixed key, from everything before them. Only for ASCII, as keys are. */
export const checksum = (text: string): string => checksumOf(characterCodes(text));

const readPlain = (codes: number[]): ParsedApiKey | 'malformed' => {
  const isKey =
    codes.length === plainLength &&
    codes.every((code, index) => (index === plainIdLength ? code === 0x2e : isBase62(code)));
  return isKey ? { style: '8.32', prefix: null, id: textOf(codes.slice(0, plainIdLength)) } : 'malformed';
};

const readPrefixed = (codes: number[], separator: number): ParsedApiKey | 'malformed' | 'checksum' => {
  const prefix = codes.slice(0, separator);
  const tail = codes.slice(separator + 1);
  const isKey =
    prefix.length >= 2 &&
    prefix.length <= 10 &&
    prefix.every((code, index) => isLower(code) || (index > 0 && isDigit(code))) &&
    tail.length === tailLength &&
    tail.every(isBase62);
  if (!isKey) return 'malformed';
  if (checksumOf(codes.slice(0, -checksumLength)) !== textOf(codes.slice(-checksumLength))) return 'checksum';
  return { style: 'prefixed', prefix: textOf(prefix), id: textOf(tail.slice(0, idLength)) };
};

const longest = 10 + 1 + tailLength;

const read = (text: string) => {
  if (text.length > longest) return 'malformed';
  const codes = characterCodes(text);
  const separator = codes.indexOf(0x5f);
  return separator < 0 ? readPlain(codes) : readPrefixed(codes, separator);
};

/** The parts of a key, or `null` where it is malformed or its checksum is wrong. Asks no server. */
export const parseApiKey = (text: string): ParsedApiKey | null => {
  const result = read(text);
  return typeof result === 'string' ? null : result;
};

/** Tells a typo or a truncated paste (`checksum`, `malformed`) from a key that a server may know (`ok`). */
export const checkApiKey = (text: string): 'ok' | 'malformed' | 'checksum' => {
  const result = read(text);
  return typeof result === 'string' ? result : 'ok';
};
