import { checksum } from '@ai-cockpit/sdk/api-key-format';
import type { ApiKeysPolicy } from '@ai-cockpit/sdk/contract';
import type { Random } from '../ports/random.js';
import { randomBase62 } from './ids.js';

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
