import { agentsModule, type CredentialRequest } from '@ai-cockpit/sdk/contract';
import type { OwnerRef } from '../store/owners.js';
import { isStoreUnavailable, type Records } from '../store/store.js';
import type { ProviderTokenRow } from '../store/tables.js';
import { accessOf, membershipIn, type User } from './access.js';
import type { Actor } from './activity.js';
import type { Environment } from './environment.js';
import { newId } from './ids.js';
import { instant } from './instants.js';
import { moduleRefusal, opensModule, type PresentedKey } from './key-check.js';
import type { Terms } from './policy.js';
import type { ProviderTokens } from './provider-tokens.js';
import type { Credential } from '../providers/catalogue.js';
import { found, Refusal, refuseFaults } from './refusal.js';
import { secretFaults } from './secret-guard.js';

/** The caller who asks for a credential: an agent with its key, or a person. */
export type LeaseCaller = { key: PresentedKey } | { user: User };

export interface Lease extends Credential {
  expiresAt: string;
  leaseId: string;
}

const leaseDuration = 5 * 60_000;

/** Statuses of tokens that cannot work. An untested token, or one whose provider was unreachable, may still work. */
const broken = ['invalid', 'expired', 'insufficient_scope', 'policy_blocked', 'unsupported'];

/** Says which line of the policy it is. */
const leasesRefusal = (possible: readonly Terms[]): Refusal =>
  new Refusal(
    'not_offered',
    [],
    undefined,
    possible.some(({ providerTokens }) => providerTokens)
      ? 'The policy lets nobody take a credential out: providerTokens.rawLeases is false here.'
      : 'The policy offers no provider tokens here: providerTokens is null.',
  );

/** Credentials handed to agents for a short while. Each one asked for leaves a row, whether it was given or not. */
export class Leases {
  readonly #environment: Environment;
  readonly #providerTokens: ProviderTokens;

  constructor(environment: Environment, providerTokens: ProviderTokens) {
    this.#environment = environment;
    this.#providerTokens = providerTokens;
  }

  /** Refuses where leases are not offered, before the body is read. */
  async refuseUnlessOffered(caller: LeaseCaller, actor: Actor): Promise<void> {
    const refusal = await this.#refusalOf(caller);
    if (!refusal) return;
    await this.#recordFailure(refusal, caller, actor, {});
    throw refusal;
  }

  async lease(caller: LeaseCaller, actor: Actor, request: CredentialRequest): Promise<Lease> {
    const { store, clock, random, activity, catalogue, dataKeys } = this.#environment;
    const { provider, code = null, purpose } = request;
    refuseFaults(secretFaults(catalogue, { purpose }));
    const leaseId = newId(random);
    // One that is in no catalogue may be anything, a secret too.
    const named = catalogue.has(provider) ? provider : null;
    const detail = { provider, code, purpose, leaseId };
    try {
      const termsOfKey = 'key' in caller ? await this.#termsOfKey(caller.key) : null;
      const { owner, token } = await this.#find(store, caller, request, termsOfKey);
      const credential = await this.#providerTokens.credentialOf(await dataKeys.find(store, owner), token);
      return await store.transaction(async (tx) => {
        const now = clock.now();
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
        await this.#recordFailure(error, caller, actor, { provider: named, code, purpose }).catch(() => undefined);
      throw error;
    }
  }

  async #refusalOf(caller: LeaseCaller): Promise<Refusal | null> {
    if ('key' in caller && !opensModule(caller.key, agentsModule)) return moduleRefusal(caller.key, agentsModule);
    const { policies } = this.#environment;
    // A person's own tokens, or those of one of their organizations; which are meant is not known yet.
    const possible =
      'key' in caller
        ? [await this.#termsOfKey(caller.key)]
        : [policies.ofPerson(caller.user), ...caller.user.memberships.map((place) => policies.inOrganization(place))];
    return possible.some(({ providerTokens }) => providerTokens?.rawLeases) ? null : leasesRefusal(possible);
  }

  /** A person's key goes by their own terms; an organization's key acts for no role in particular. */
  async #termsOfKey({ owner }: PresentedKey): Promise<Terms> {
    const { policies, directory } = this.#environment;
    if (owner.kind === 'organization') return policies.withoutRole;
    return policies.ofPerson({ memberships: await directory.memberships(owner.id) });
  }

  /** The token asked for among those that the caller reaches, the nearest owner first. */
  async #find(
    records: Records,
    caller: LeaseCaller,
    { provider, code, organizationId }: CredentialRequest,
    termsOfKey: Terms | null,
  ): Promise<{ owner: OwnerRef; token: ProviderTokenRow }> {
    const choose = (owner: OwnerRef, terms: Terms) => this.#choose(records, terms, owner, provider, code);
    if ('key' in caller) {
      const { owner } = caller.key;
      const terms = found(termsOfKey);
      if (!terms.providerTokens?.rawLeases) throw leasesRefusal([terms]);
      const itsOwn = organizationId === undefined || (owner.kind === 'organization' && owner.id === organizationId);
      return { owner, token: found(itsOwn ? await choose(owner, terms) : null) };
    }

    const { policies } = this.#environment;
    const membership = organizationId === undefined ? null : membershipIn(caller.user, organizationId);
    const ownTerms = policies.ofPerson(caller.user);
    const possible = membership ? [ownTerms, policies.inOrganization(membership)] : [ownTerms];
    if (!possible.some(({ providerTokens }) => providerTokens?.rawLeases)) throw leasesRefusal(possible);
    const self: OwnerRef = { kind: 'user', id: caller.user.id };
    const own = await choose(self, ownTerms);
    if (own) return { owner: self, token: own };
    const { id, role } = found(membership);
    if (accessOf(role) === 'none') throw new Refusal('forbidden');
    const terms = policies.inOrganization(membership);
    if (!terms.providerTokens?.rawLeases) throw leasesRefusal([terms]);
    const owner: OwnerRef = { kind: 'organization', id };
    return { owner, token: found(await choose(owner, terms)) };
  }

  async #choose(
    records: Records,
    { providerTokens }: Terms,
    owner: OwnerRef,
    provider: string,
    code: string | undefined,
  ): Promise<ProviderTokenRow | null> {
    const { catalogue, clock } = this.#environment;
    // Tokens stored under an earlier, wider policy are kept, and are not leased.
    if (!providerTokens?.rawLeases || !catalogue.has(provider)) return null;
    if (!providerTokens.owners.includes(owner.kind) || !providerTokens.providers.includes(provider)) return null;
    const now = clock.now();
    const working = await records.providerTokens.newestOfProvider(owner, provider, code, now, broken);
    if (!working && (await records.providerTokens.hasOfProvider(owner, provider, code)))
      throw new Refusal('credential_broken');
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
