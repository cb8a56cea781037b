/** A service of the host's own: what it is called, and the SHA-256 of its token. */
export interface ServiceToken {
  name: string;
  hash: Uint8Array;
}
