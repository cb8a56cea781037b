/** Bytes from a cryptographically secure source. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export const systemRandom: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
