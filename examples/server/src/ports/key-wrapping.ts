import type { Bytes } from '../values/bytes.js';

/**
 * Encrypts the data keys of owners, under which their secrets are encrypted: by a key of this process, or of a
 * key-management service that gives its key to nobody. Never called within a transaction of the store.
 */
export interface KeyWrapping {
  /** Names the key that `wrap` uses. Stored beside each data key: what is wrapped by another is wrapped anew. */
  readonly currentId: string;
  /** @param context What the data key belongs to. It has to be authenticated, as KMS call it encryption context. */
  wrap(dataKey: Bytes, context: Bytes): Promise<Bytes>;
  /**
   * Called for each lease: a service that costs time or money should cache.
   *
   * @param wrappedBy The `currentId` of then.
   * @throws where the context is another, or the key is gone: the request ends as an internal error
   */
  unwrap(wrapped: Bytes, wrappedBy: string, context: Bytes): Promise<Bytes>;
}
