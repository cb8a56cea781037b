import { trimEdges } from '@ai-cockpit/sdk/contract';
import type { ServiceToken } from '../ports/service-token.js';
import type { Kind } from './kinds.js';

/** The SHA-256 of each token, under the name of the service that has it. */
export const serviceTokens: Kind<ServiceToken[]> = {
  allowed: 'name:hash, several separated by commas; a hash is 64 hexadecimal digits, as sha256sum prints it',
  read: (text) => {
    const tokens: ServiceToken[] = [];
    for (const entry of text.split(',').map(trimEdges).filter(Boolean)) {
      // As sha256sum and shasum print it: with a file's name behind it, `-` for none. OpenSSL writes one before it.
      const [, name, hex] =
        /^([A-Za-z0-9._-]+):\s*(?:SHA2-256\(stdin\)= |\(stdin\)= )?([0-9a-f]{64})(?:\s+\*?-)?$/i.exec(entry) ?? [];
      if (!name || !hex) return null;
      tokens.push({ name, hash: Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)) });
    }
    return { value: tokens };
  },
};
