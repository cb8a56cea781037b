import type { CallOptions } from '../call.js';
import type { Changes } from '../changes.js';
import { getPolicy, type Policy } from '../contract/endpoints/policy.js';
import { warnOfPolicy } from '../policy-warnings.js';
import type { Transport } from '../transport.js';

/** The policy of the signed-in person. */
export class PolicyResource {
  readonly #transport: Transport;
  readonly #changes: Changes;

  constructor(transport: Transport, changes: Changes) {
    this.#transport = transport;
    this.#changes = changes;
  }

  get(organizationId?: string, options: CallOptions = {}): Promise<Policy> {
    return this.#changes.identify(
      async () => {
        const policy = await this.#transport.request(getPolicy, { ...options, query: { organizationId } });
        warnOfPolicy(policy);
        return policy;
      },
      ({ userId }) => userId,
    );
  }
}
