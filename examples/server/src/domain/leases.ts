import type { CredentialRequest } from '@ai-cockpit/sdk/contract';
import type { KeyWrapping } from '../ports/key-wrapping.js';
import type { Random } from '../ports/random.js';
import type { Credential } from '../providers/catalogue.js';
import type { OwnerRef } from '../store/owners.js';
import { isStoreUnavailable, type Records } from '../store/store.js';
import { type Actor, recordActivity } from './activity.js';
import type { Change, UnitOfWork } from './change.js';
import { findDataKey } from './data-keys.js';
import { newId } from './ids.js';
import { instant } from './instants.js';
import { credentialOf, subjectOf } from './provider-tokens.js';
import {
  findReachableCredential,
  type LeaseCaller,
  leaseErrorOf,
  type LeasePolicyContext,
  type ReachableCredentialsContext,
} from './reachable-credentials.js';
import { ProblemError, throwFieldErrors } from './problem-error.js';
import { secretErrors } from './secret-guard.js';

export interface Lease extends Credential {
  expiresAt: string;
  leaseId: string;
}

interface FailureContext extends Pick<ReachableCredentialsContext, 'clock' | 'catalogue'> {
  store: Pick<Records, 'activity'>;
  random: Random;
}

export interface LeaseContext extends ReachableCredentialsContext {
  store: Pick<Records, 'activity' | 'owners' | 'providerTokens'>;
  change: Change;
  random: Random;
  keyWrapping: KeyWrapping;
}

const leaseDuration = 5 * 60_000;

/*
 * Credentials are handed to agents for a short while. Each one asked for leaves a row of activity, whether it was given or
 * not.
 */

/** Refuses where leases are not offered, before the body is read. */
export const requireLeasesOffered = async (
  context: FailureContext & LeasePolicyContext,
  caller: LeaseCaller,
  actor: Actor,
): Promise<void> => {
  const refusal = await leaseErrorOf(context, caller);
  if (!refusal) return;
  await recordFailure(context, refusal, caller, actor, {});
  throw refusal;
};

export const leaseCredential = async (
  context: LeaseContext,
  caller: LeaseCaller,
  actor: Actor,
  request: CredentialRequest,
): Promise<Lease> => {
  const { change, random, catalogue } = context;
  const { provider, code = null, purpose } = request;
  throwFieldErrors(secretErrors(catalogue, { purpose }));
  const leaseId = newId(random);
  try {
    const { owner, token } = await findReachableCredential(context, caller, request);
    const credential = await credentialOf(context, await findDataKey(context, owner), token);
    const lease = async ({ tx, now, record }: UnitOfWork): Promise<Lease> => {
      // Deleted since it was found, it is leased no more.
      if (!(await tx.providerTokens.markUsed(token.id, now))) throw new ProblemError('not_found');
      await record({
        action: 'credential.leased',
        subject: subjectOf(catalogue, token),
        detail: { provider, code, purpose, leaseId },
      });
      const expiresAt = Math.min(now + leaseDuration, token.expiresAt ?? Number.POSITIVE_INFINITY);
      return { ...credential, expiresAt: instant(expiresAt), leaseId };
    };
    // Many agents of one organization may lease at the same time.
    return await change(owner, actor, lease, { locksOwner: false });
  } catch (error) {
    // One that is in no catalogue may be anything, a secret too.
    const named = catalogue.has(provider) ? provider : null;
    // A secret that does not open is for somebody to look into; a database that is gone takes no row either.
    // Whatever becomes of the row, the first error is what the caller has to know.
    if (!isStoreUnavailable(error))
      await recordFailure(context, error, caller, actor, { provider: named, code, purpose }).catch(() => undefined);
    throw error;
  }
};

const recordFailure = async (
  { store, clock, random, catalogue }: FailureContext,
  error: unknown,
  caller: LeaseCaller,
  actor: Actor,
  detail: Record<string, string | null>,
): Promise<void> => {
  const outcome = error instanceof ProblemError ? error.code : 'internal';
  const owner: OwnerRef = 'key' in caller ? caller.key.owner : { kind: 'user', id: caller.user.id };
  // Any text can be asked for; those that are providers are few.
  const kind = catalogue.has(detail.provider ?? '') ? (detail.provider ?? '') : '';
  const entry = { action: 'credential.leased', outcome, actor, owner, detail, kind } as const;
  await recordActivity({ random, catalogue }, store, clock.now(), entry);
};
