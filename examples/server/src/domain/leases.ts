import { agentsModule, type CredentialRequest, type ProviderTokensPolicy } from '@ai-cockpit/sdk/contract';
import type { OwnerRef } from '../store/owners.js';
import { isStoreUnavailable, type Records } from '../store/store.js';
import type { ProviderTokenRow } from '../store/tables.js';
import { accessOf, membershipIn, type User } from './access.js';
import type { Actor } from './activity.js';
import type { Environment } from './environment.js';
import { newId } from './ids.js';
import { instant } from './instants.js';
import { opensModule, type PresentedKey } from './key-check.js';
import { type ProviderTokens, statusOf } from './provider-tokens.js';
import type { Credential } from '../providers/catalogue.js';
import { found, Refusal, refuseFaults } from './refusal.js';
import { secretFaults } from './secret-guard.js';

/** Who asks for a credential: an agent by its key, or a person. */
export type LeaseCaller = { key: PresentedKey } | { user: User };

export interface Lease extends Credential {
  expiresAt: string;
  leaseId: string;
}

const leaseDuration = 5 * 60_000;

/** What a check has found to be beyond use; what is merely untested, or could not be reached, may still work. */
const broken = new Set(['invalid', 'expired', 'insufficient_scope', 'policy_blocked', 'unsupported']);

/** Credentials handed to agents for a short while. Each one asked for leaves a row, whether it was given or not. */
export class Leases {
  readonly #environment: Environment;
  readonly #providerTokens: ProviderTokens;

  constructor(environment: Environment, providerTokens: ProviderTokens) {
    this.#environment = environment;
    this.#providerTokens = providerTokens;
  }

  /** What can be said before what exactly is asked for is known. */
  async refuseUnlessOffered(caller: LeaseCaller, actor: Actor): Promise<void> {
    const refusal = this.#refusalOf(caller);
    if (!refusal) return;
    await this.#recordFailure(refusal, caller, actor, {});
    throw refusal;
  }

  async lease(caller: LeaseCaller, actor: Actor, request: CredentialRequest): Promise<Lease> {
    const { store, clock, random, activity, catalogue } = this.#environment;
    const { provider, code = null, purpose } = request;
    refuseFaults(secretFaults(catalogue, { purpose }));
    const leaseId = newId(random);
    const detail = { provider, code, purpose, leaseId };
    try {
      return await store.transaction(async (tx) => {
        const { owner, token } = await this.#find(tx, caller, request);
        const now = clock.now();
        const credential = await this.#providerTokens.credentialOf(tx, token);
        // Deleted since it was found, it is leased no more.
        if (!(await tx.providerTokens.markUsed(token.id, now))) throw new Refusal('not_found');
        await activity.record(tx, {
          action: 'credential.leased',
          actor,
          owner,
          subject: this.#providerTokens.subjectOf(token),
          detail,
        });
        const expiresAt = Math.min(now + leaseDuration, token.expiresAt ?? Number.POSITIVE_INFINITY);
        return { ...credential, expiresAt: instant(expiresAt), leaseId };
      });
    } catch (error) {
      // A secret that does not open is for somebody to look into; a database that is gone takes no row either.
      // Whatever becomes of the row, the first error is what the caller has to know.
      if (!isStoreUnavailable(error))
        await this.#recordFailure(error, caller, actor, { provider, code, purpose }).catch(() => undefined);
      throw error;
    }
  }

  #refusalOf(caller: LeaseCaller): Refusal | null {
    if ('key' in caller && !opensModule(caller.key, agentsModule)) return new Refusal('module_not_allowed');
    // A person's policy may differ from one of their organizations to the next; which is meant is not known yet.
    const roles = 'user' in caller && caller.user.memberships.map(({ role }) => role);
    const possible = roles && roles.length > 0 ? roles : [null];
    const isOffered = possible.some((role) => this.#environment.policies.termsFor(role).providerTokens?.rawLeases);
    return isOffered ? null : new Refusal('not_offered');
  }

  #policyOf(caller: LeaseCaller, organizationId: string | undefined): ProviderTokensPolicy {
    const membership =
      'key' in caller
        ? null
        : organizationId === undefined
          ? caller.user.memberships[0]
          : membershipIn(caller.user, organizationId);
    const { providerTokens } = this.#environment.policies.termsFor(membership?.role);
    if (!providerTokens?.rawLeases) throw new Refusal('not_offered');
    return providerTokens;
  }

  /** The token asked for among those that the caller reaches, the nearest owner first. */
  async #find(
    tx: Records,
    caller: LeaseCaller,
    { provider, code, organizationId }: CredentialRequest,
  ): Promise<{ owner: OwnerRef; token: ProviderTokenRow }> {
    const policy = this.#policyOf(caller, organizationId);
    const choose = (owner: OwnerRef) => this.#choose(tx, policy, owner, provider, code);
    if ('key' in caller) {
      const { owner } = caller.key;
      const itsOwn = organizationId === undefined || (owner.kind === 'organization' && owner.id === organizationId);
      return { owner, token: found(itsOwn ? await choose(owner) : null) };
    }

    const organization = organizationId === undefined ? null : membershipIn(caller.user, organizationId);
    const self: OwnerRef = { kind: 'user', id: caller.user.id };
    const own = await choose(self);
    if (own) return { owner: self, token: own };
    const { id, role } = found(organization);
    if (accessOf(role) === 'none') throw new Refusal('forbidden');
    const owner: OwnerRef = { kind: 'organization', id };
    return { owner, token: found(await choose(owner)) };
  }

  async #choose(
    tx: Records,
    policy: ProviderTokensPolicy,
    owner: OwnerRef,
    provider: string,
    code: string | undefined,
  ): Promise<ProviderTokenRow | null> {
    const { catalogue, clock } = this.#environment;
    // What is stored from when the policy offered more is kept, and leads nowhere.
    const isOffered = policy.owners.includes(owner.kind) && policy.providers.includes(provider);
    if (!isOffered || !catalogue.has(provider)) return null;
    const now = clock.now();
    const tokens = await tx.providerTokens.ofProvider(owner, provider);
    const candidates = code === undefined ? tokens : tokens.filter((token) => token.code === code);
    const working = candidates.find((token) => !broken.has(statusOf(token, now)));
    if (!working && candidates.length) throw new Refusal('credential_broken');
    return working ?? null;
  }

  async #recordFailure(
    error: unknown,
    caller: LeaseCaller,
    actor: Actor,
    detail: Record<string, string | null>,
  ): Promise<void> {
    const { store, activity, catalogue } = this.#environment;
    const outcome = error instanceof Refusal ? error.code : 'internal';
    const owner: OwnerRef = 'key' in caller ? caller.key.owner : { kind: 'user', id: caller.user.id };
    // Any text can be asked for; those that are providers are few.
    const kind = catalogue.has(detail.provider ?? '') ? (detail.provider ?? '') : '';
    await activity.record(store, { action: 'credential.leased', outcome, actor, owner, detail, kind });
  }
}
