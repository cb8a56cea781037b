import { setSecretHeader } from './authentication.js';
import type { CallOptions } from './call.js';
import { type KeyIdentity, leaseCredential, whoAmI } from './contract/endpoints/integration.js';
import type { CredentialRequest } from './contract/integration.js';
import { readApiKey } from './credentials.js';
import { Secret } from './secret.js';
import { type ConnectionOptions, Transport } from './transport.js';

export interface IntegrationOptions extends ConnectionOptions {
  /** White space and invisible characters around the key are removed: a line end of a file, a byte order mark. */
  apiKey: string | Secret;
}

/** A credential with which to call a provider on behalf of the key's owner. */
export interface Lease {
  /** To send with each request to `baseUrl`, and nowhere else. */
  headers: Record<string, Secret>;
  baseUrl: string;
  /** Of a provider whose APIs do not share the base URL, such as GitHub's `rest` and `graphql`: the address of each. */
  endpoints?: Record<string, string> | undefined;
  /** RFC 3339, at most five minutes ahead: then lease again, as the token may have been replaced or removed. */
  expiresAt: string;
  leaseId: string;
}

export interface WhoAmIOptions extends CallOptions {
  /** Also checks whether the key may be used for this module; if not, the call rejects with a `ForbiddenError`. */
  module?: string | undefined;
}

/** A client for a program that has an API key. */
export class Integration {
  readonly #transport: Transport;

  /** Throws an `ApiKeyFormatError` for a key that cannot be one: its `code` names what was found. */
  constructor({ apiKey, ...connection }: IntegrationOptions) {
    const secret = readApiKey(apiKey);
    this.#transport = new Transport(connection, (request, send) => {
      setSecretHeader(request.headers, 'x-api-key', secret.reveal());
      return send(request);
    });
  }

  /** Now by the server's clock, in milliseconds since the epoch: to compare a lease's `expiresAt` with. */
  now(): number {
    return this.#transport.clock.now();
  }

  /** Returns the owner and the module of the key. */
  whoAmI({ module, ...options }: WhoAmIOptions = {}): Promise<KeyIdentity> {
    return this.#transport.request(whoAmI, { ...options, query: { module } });
  }

  /** The headers with which to call a provider as the owner of the key. */
  async leaseCredential(body: CredentialRequest, options: CallOptions = {}): Promise<Lease> {
    const { headers, ...lease } = await this.#transport.request(leaseCredential, { ...options, body });
    const secrets = Object.entries(headers).map(([name, value]) => [name, new Secret(value)] as const);
    return { ...lease, headers: Object.fromEntries(secrets) };
  }
}

export const createIntegration = (options: IntegrationOptions): Integration => new Integration(options);

export type { CallOptions } from './call.js';
export type { AcceptedEvent } from './contract/endpoints/events.js';
export type { KeyIdentity } from './contract/endpoints/integration.js';
export type { CredentialRequest } from './contract/integration.js';
export type { HostEvent } from './contract/notifications.js';
export { ApiKeyFormatError, CredentialFormatError } from './credentials.js';
export * from './errors.js';
export type { Hooks } from './hooks.js';
export type { RetryOptions } from './retry.js';
export { Secret } from './secret.js';
export { createService, Service, type ServiceOptions } from './service.js';
export type { Write } from './change-target.js';
export type { ConnectionOptions, Transport } from './transport.js';
