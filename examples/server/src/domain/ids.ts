import type { Random } from '../ports/random.js';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Characters drawn evenly: bytes that would favour some are thrown away. */
export const randomBase62 = (random: Random, length: number): string => {
  const evenly = 256 - (256 % base62.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(2 * (length - text.length))) {
      if (byte < evenly && text.length < length) text += base62.charAt(byte % base62.length);
    }
  }
  return text;
};

/** 119 bits: enough to be unique without asking. */
export const newId = (random: Random): string => randomBase62(random, 20);
