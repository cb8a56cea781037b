import { checksum } from '@ai-cockpit/sdk/api-key-format';
import type { ApiKeysPolicy } from '@ai-cockpit/sdk/contract';
import type { Random } from '../ports/random.js';
import { base64url, equalInConstantTime, utf8 } from '../bytes.js';
import { randomBase62 } from './ids.js';
import { sha256 } from './keyring.js';

export interface ApiKeyValue {
  id: string;
  /** The whole key, as it is sent. */
  value: string;
}

export const newApiKeyValue = (random: Random, format: ApiKeysPolicy['format']): ApiKeyValue => {
  if ('style' in format) {
    const id = randomBase62(random, 8);
    return { id, value: `${id}.${randomBase62(random, 32)}` };
  }
  const id = randomBase62(random, 12);
  const unchecked = `${format.prefix}_${id}${randomBase62(random, 30)}`;
  return { id, value: unchecked + checksum(unchecked) };
};

/** As much of the value as people are shown again. */
export const maskOf = (value: string, format: ApiKeysPolicy['format'], mask: ApiKeysPolicy['mask']): string => {
  if (mask === 'hidden') return '';
  const prefix = 'style' in format ? '' : `${format.prefix}_`;
  return `${mask === 'prefixLast4' ? prefix : ''}…${value.slice(-4)}`;
};

/** What is stored of a key: enough to know it again, not to use it. Without a pepper, SHA-256: the key is random. */
export const hashOf = async (value: string, pepper: CryptoKey | null): Promise<string> =>
  pepper
    ? `hmac:${base64url(new Uint8Array(await crypto.subtle.sign('HMAC', pepper, utf8(value))))}`
    : `sha256:${base64url(await sha256(value))}`;

/** Keys made before a pepper was configured go on working. */
export const matchesHash = async (value: string, stored: string, pepper: CryptoKey | null): Promise<boolean> => {
  const hash = await hashOf(value, stored.startsWith('hmac:') ? pepper : null);
  return equalInConstantTime(utf8(hash), utf8(stored));
};
