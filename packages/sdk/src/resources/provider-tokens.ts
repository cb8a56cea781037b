import type { CallOptions, VersionOptions } from '../call.js';
import {
  createProviderToken,
  deleteProviderToken,
  getProviderToken,
  listProviderTokens,
  type ProviderToken,
  updateProviderToken,
} from '../contract/endpoints/provider-tokens.js';
import type { NewProviderToken, ProviderTokenPatch, providerTokenSorts } from '../contract/provider-tokens.js';
import { List, type ListParams } from '../list.js';
import type { Transport } from '../transport.js';

export interface ListProviderTokensParams extends ListParams {
  sort?: (typeof providerTokenSorts)[number] | undefined;
}

/** Credentials for other services: a person's own, or an organization's. Their secrets are never answered. */
export class ProviderTokensResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list({ cursor, signal, timeout, ...query }: ListProviderTokensParams = {}): List<ProviderToken> {
    return new List(listProviderTokens.id, cursor, (cursor) =>
      this.#transport.request(listProviderTokens, { signal, timeout, query: { ...query, cursor } }),
    );
  }

  get(id: string, options: CallOptions = {}): Promise<ProviderToken> {
    return this.#transport.request(getProviderToken, { ...options, parameters: { id } });
  }

  create(body: NewProviderToken, options: CallOptions = {}): Promise<ProviderToken> {
    return this.#transport.request(createProviderToken, { ...options, body });
  }

  update(id: string, patch: ProviderTokenPatch, options: VersionOptions): Promise<ProviderToken> {
    return this.#transport.request(updateProviderToken, { ...options, parameters: { id }, body: patch });
  }

  delete(id: string, options: VersionOptions): Promise<void> {
    return this.#transport.request(deleteProviderToken, { ...options, parameters: { id } });
  }
}
