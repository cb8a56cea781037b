import type { allApiKeySorts } from '../contract/administration.js';
import type { ApiKeyStatusFilter } from '../contract/api-keys.js';
import type { ApiKey } from '../contract/endpoints/api-keys.js';
import { listAllApiKeys, revokeAnyApiKey } from '../contract/endpoints/administration.js';
import { List, type ListParams } from '../list.js';
import type { Transport } from '../transport.js';
import type { RevokeOptions } from './api-keys.js';

export interface ListAllApiKeysParams extends ListParams {
  sort?: (typeof allApiKeySorts)[number] | undefined;
  /** Only keys of this status; `expiring` and `unused` are parts of others. */
  status?: ApiKeyStatusFilter | undefined;
}

/** The API keys of everybody in the organizations that a person administers. Anybody else gets a `ForbiddenError`. */
export class AllApiKeysResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list({ cursor, signal, timeout, ...query }: ListAllApiKeysParams = {}): List<ApiKey> {
    return new List(listAllApiKeys.id, cursor, (cursor) =>
      this.#transport.request(listAllApiKeys, { signal, timeout, query: { ...query, cursor } }),
    );
  }

  /** Revokes a key of any owner, at once and permanently. Revoking it again changes nothing. */
  revoke(id: string, { reason, ...options }: RevokeOptions = {}): Promise<ApiKey> {
    return this.#transport.request(revokeAnyApiKey, { ...options, parameters: { id }, body: { reason } });
  }
}
