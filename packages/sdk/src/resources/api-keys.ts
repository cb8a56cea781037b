import type { CallOptions, VersionOptions } from '../call.js';
import {
  type ApiKey,
  type ApiKeyPage,
  createApiKey,
  deleteApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
} from '../contract/endpoints/api-keys.js';
import type { apiKeySorts, ApiKeyStatusFilter, NewApiKey } from '../contract/api-keys.js';
import { List, type ListParams } from '../list.js';
import { Secret } from '../secret.js';
import type { Transport } from '../transport.js';

export interface ListApiKeysParams extends ListParams {
  sort?: (typeof apiKeySorts)[number] | undefined;
  /** Only keys of this status; `expiring` and `unused` are parts of others. */
  status?: ApiKeyStatusFilter | undefined;
}

export interface MintOptions extends CallOptions {
  /** A UUIDv4, to request the same key again after an answer was lost; by default a new one. Treat it as a secret. */
  idempotencyKey?: string | undefined;
}

export interface RevokeOptions extends CallOptions {
  reason?: string | undefined;
}

export interface CreatedApiKey {
  apiKey: ApiKey;
  /** `null` if a repeated request comes too late to get the value again. */
  secret: Secret | null;
}

/** API keys: a person's own, or an organization's. */
export class ApiKeysResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list({ cursor, signal, timeout, ...query }: ListApiKeysParams = {}): List<ApiKey, ApiKeyPage> {
    return new List(listApiKeys.id, cursor, (cursor) =>
      this.#transport.request(listApiKeys, { signal, timeout, query: { ...query, cursor } }),
    );
  }

  get(id: string, options: CallOptions = {}): Promise<ApiKey> {
    return this.#transport.request(getApiKey, { ...options, parameters: { id } });
  }

  create(body: NewApiKey, options: MintOptions = {}): Promise<CreatedApiKey> {
    return this.#transport
      .request(createApiKey, { ...options, body })
      .then(({ apiKey, secret }) => ({ apiKey, secret: secret === null ? null : new Secret(secret) }));
  }

  /** Revokes a key at once and permanently. Revoking it again changes nothing. */
  revoke(id: string, { reason, ...options }: RevokeOptions = {}): Promise<ApiKey> {
    return this.#transport.request(revokeApiKey, { ...options, parameters: { id }, body: { reason } });
  }

  delete(id: string, options: VersionOptions): Promise<void> {
    return this.#transport.request(deleteApiKey, { ...options, parameters: { id } });
  }
}
