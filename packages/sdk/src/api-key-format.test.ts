import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { apiKeyPattern, checkApiKey, checksum, parseApiKey } from './api-key-format.js';

const body = 'aic_0123456789ABabcdefghijklmnopqrstuvwxyzABCD';
const key = body + checksum(body);
const plain = 'AbCd1234.0123456789abcdefghijABCDEFGHIJxy';

describe('the prefixed form', () => {
  it('a valid key: parsed', () => {
    expect(parseApiKey(key)).toEqual({ style: 'prefixed', prefix: 'aic', id: '0123456789AB' });
    expect(checkApiKey(key)).toBe('ok');
  });

  it('a mistyped character at any position: refused by the checksum', () => {
    for (let at = 4; at < key.length; at += 1) {
      const typo = key.slice(0, at) + (key[at] === 'Z' ? 'Y' : 'Z') + key.slice(at + 1);
      expect(checkApiKey(typo), `at ${at}`).toBe('checksum');
      expect(parseApiKey(typo)).toBeNull();
    }
  });

  it('two neighbouring characters swapped: refused by the checksum', () => {
    expect(checkApiKey(`${key.slice(0, 20)}${key[21]}${key[20]}${key.slice(22)}`)).toBe('checksum');
  });

  it.each([
    ['nothing', ''],
    ['a truncated paste', key.slice(0, -1)],
    ['too much', `${key}0`],
    ['a space around it', ` ${key}`],
    ['an upper-case prefix', key.replace('aic', 'Aic')],
    ['a prefix of one character', key.replace('aic', 'a')],
    ['a prefix of eleven', key.replace('aic', 'abcdefghijk')],
    ['a prefix that starts with a digit', key.replace('aic', '1ic')],
    ['a character outside base62', `${key.slice(0, 10)}-${key.slice(11)}`],
    ['a second separator', `${key.slice(0, 10)}_${key.slice(11)}`],
    ['a look-alike letter', `${key.slice(0, 10)}А${key.slice(11)}`],
  ])('refuses %s', (_, text) => {
    expect(checkApiKey(text)).toBe('malformed');
    expect(parseApiKey(text)).toBeNull();
  });

  it('takes prefixes of two to ten characters', () => {
    for (const prefix of ['ab', 'a1', 'abcdefghi0']) {
      const text = key.replace('aic', prefix).slice(0, -6);
      expect(parseApiKey(text + checksum(text))?.prefix).toBe(prefix);
    }
  });
});

describe('the 8.32 form', () => {
  it('a valid key: parsed', () => {
    expect(plain).toHaveLength(41);
    expect(parseApiKey(plain)).toEqual({ style: '8.32', prefix: null, id: 'AbCd1234' });
    expect(checkApiKey(plain)).toBe('ok');
  });

  it.each([plain.slice(1), `${plain}x`, plain.replace('.', '-'), plain.replace('C', '.')])('refuses %s', (text) => {
    expect(checkApiKey(text)).toBe('malformed');
  });
});

describe('the checksum', () => {
  it.each([
    ['', '000000'],
    ['123456789', '3jZRME'],
    ['aic_', ''],
  ])('of %j is the CRC-32 in six base62 digits', (text, expected) => {
    const value = [...checksum(text)].reduce(
      (sum, digit) => sum * 62 + '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.indexOf(digit),
      0,
    );
    expect(value).toBe(crc32(text));
    if (expected) expect(checksum(text)).toBe(expected);
  });
});

describe('the published pattern', () => {
  it('finds keys in text', () => {
    for (const text of [`X-API-KEY: ${key}\n`, `{"key":"${key}"}`, `API_KEY_${key}`, `see ${plain}, or`]) {
      expect(apiKeyPattern.test(text), text).toBe(true);
    }
    expect([...`${key} and ${plain}`.matchAll(new RegExp(apiKeyPattern, 'g'))].map(([match]) => match)).toEqual([
      key,
      plain,
    ]);
  });

  it('ignores texts that are longer or shorter than a key', () => {
    for (const text of [`${key}0`, key.slice(0, -1), `x${plain}`, `${plain}0`]) {
      expect(apiKeyPattern.test(text), text).toBe(false);
    }
  });

  it('finds the same keys when it is used twice', () => {
    expect([apiKeyPattern.test(key), apiKeyPattern.test(key)]).toEqual([true, true]);
  });
});
