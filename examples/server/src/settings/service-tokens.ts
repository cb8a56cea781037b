import { trimEdges } from '@ai-cockpit/sdk/contract';
import type { ServiceToken } from '../routes/callers.js';
import type { Kind } from './kinds.js';

/** The SHA-256 of each token, under the name of the service that has it. */
export const serviceTokens: Kind<ServiceToken[]> = {
  allowed: 'name:SHA-256 in 64 hexadecimal digits, several separated by commas',
  read: (text) => {
    const tokens: ServiceToken[] = [];
    for (const entry of text.split(',').map(trimEdges).filter(Boolean)) {
      const [, name, hex] = /^([A-Za-z0-9._-]+):([0-9a-f]{64})$/.exec(entry) ?? [];
      if (!name || !hex) return null;
      tokens.push({ name, hash: Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)) });
    }
    return { value: tokens };
  },
};
