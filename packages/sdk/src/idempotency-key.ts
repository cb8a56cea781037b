/**
 * A UUIDv4 under which a minting request may be repeated without minting twice. It gives access to the secret for a
 * while: keep it in memory only. Not `crypto.randomUUID`, which is missing on hosts without TLS.
 */
export const createIdempotencyKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte, index) => {
      const octet = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
      return ([4, 6, 8, 10].includes(index) ? '-' : '') + octet.toString(16).padStart(2, '0');
    })
    .join('');
