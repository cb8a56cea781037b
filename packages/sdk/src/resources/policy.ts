import type { CallOptions } from '../call.js';
import { getPolicy, type Policy } from '../contract/endpoints/policy.js';
import type { Transport } from '../transport.js';

/** What the signed-in person is offered. */
export class PolicyResource {
  readonly #transport: Transport;
  readonly #onRead: (policy: Policy) => void;

  constructor(transport: Transport, onRead: (policy: Policy) => void) {
    this.#transport = transport;
    this.#onRead = onRead;
  }

  async get(organizationId?: string, options: CallOptions = {}): Promise<Policy> {
    const policy = await this.#transport.request(getPolicy, { ...options, query: { organizationId } });
    this.#onRead(policy);
    return policy;
  }
}
