import type { CallOptions } from '../call.js';
import { getPolicy, type Policy } from '../contract/endpoints/policy.js';
import { warnOfPolicy } from '../policy-warnings.js';
import type { SessionUser } from '../session-user.js';
import type { Transport } from '../transport.js';

/** The policy of the signed-in person. */
export class PolicyResource {
  readonly #transport: Transport;
  readonly #user: SessionUser;

  constructor(transport: Transport, user: SessionUser) {
    this.#transport = transport;
    this.#user = user;
  }

  get(organizationId?: string, options: CallOptions = {}): Promise<Policy> {
    return this.#user.identify(
      async () => {
        const policy = await this.#transport.request(getPolicy, { ...options, query: { organizationId } });
        warnOfPolicy(policy);
        return policy;
      },
      ({ userId }) => userId,
    );
  }
}
