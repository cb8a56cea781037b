import type { CallOptions } from '../call.js';
import { listProviders, type Provider } from '../contract/endpoints/providers.js';
import type { Transport } from '../transport.js';

/** The services that there can be tokens for, and what each asks for. */
export class ProvidersResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(options: CallOptions = {}): Promise<Provider[]> {
    return this.#transport.request(listProviders, options).then(({ data }) => data);
  }
}
