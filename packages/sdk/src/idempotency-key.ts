/**
 * Creates a UUIDv4 under which a request for a new key can be repeated without creating a second key. For a while it
 * gives access to the key's value: keep it in memory only. `crypto.randomUUID` is missing on hosts without TLS.
 */
export const createIdempotencyKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte, index) => {
      const octet = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
      return ([4, 6, 8, 10].includes(index) ? '-' : '') + octet.toString(16).padStart(2, '0');
    })
    .join('');
