import { trimEdges } from '@ai-cockpit/sdk/contract';
import { base64url, equalInConstantTime } from '../values/bytes.js';
import type { Caller as CallerKind } from '@ai-cockpit/sdk/contract';
import type { User } from '../domain/access.js';
import { productIn } from '../domain/caller-product.js';
import type { CheckKey, PresentedKey } from '../domain/key-check.js';
import { sha256 } from '../domain/keyring.js';
import { signIn, type SignInContext } from '../domain/people.js';
import { ProblemError } from '../domain/problem-error.js';
import type { Origin, RejectedCredentials } from '../domain/rejected-credentials.js';
import type { OutsideSlot } from '../ports/concurrency-limiter.js';
import type { Allowance, RateLimiter } from '../ports/rate-limiter.js';
import type { ServiceToken } from '../ports/service-token.js';
import type { SessionVerifier } from '../ports/sessions.js';
import {
  bearerIn,
  isKeyLike,
  type Presented,
  presentedIn,
  readableCredential,
  refuseOtherScheme,
  UnreadableCredential,
} from './presented-credentials.js';

/** The authenticated caller. */
export type Caller = { user: User; byCookie: boolean } | { key: PresentedKey } | { service: string } | { nobody: true };

/** A limit is reached: the answer says when to come again. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
  readonly allowance: Allowance;

  constructor(allowance: Allowance) {
    super('limit reached');
    this.allowance = allowance;
  }
}

const keyParameter = /^(?:api[-_]?key|x-api-key|key|token|access_token)$/i;

/**
 * A key in an address ends up in histories and logs: it is refused, so that nobody comes to rely on it. The text of a
 * search is no attempt to sign in: `refuseKeyInSearch` answers it.
 */
export const refuseKeyInQuery = (query: URLSearchParams, isSearch: (name: string) => boolean): void => {
  for (const [name, value] of query)
    if (keyParameter.test(name) || (isKeyLike(trimEdges(value)) && !isSearch(name)))
      throw new ProblemError('unauthenticated');
};

/** A key pasted into a search field: not a 401, which would end the session of the page. */
export const refuseKeyInSearch = (text: string): void => {
  if (isKeyLike(trimEdges(text)))
    throw new ProblemError(
      'malformed',
      [{ path: 'q', code: 'looks_like_secret' }],
      undefined,
      'The search text is an API key. Addresses end up in histories and logs: if others can read those, revoke the key',
    );
};

export interface CallersContext extends SignInContext {
  sessions: SessionVerifier;
  checkKey: CheckKey;
  services: readonly ServiceToken[];
  /** Headers for a key, beside `Authorization`. */
  keyHeaders: readonly string[];
  sessionCookie: string | null;
  /** How often one source may present wrong credentials. */
  wrongCredentials: RateLimiter;
  rejectedCredentials: RejectedCredentials;
}

/** The caller whose turn a request takes, before it is authenticated. */
export const senderOf = (context: CallersContext, headers: Headers, { network }: Origin): string => {
  const credential = readableCredential(headers, context);
  return credential === null ? `source ${network}` : `credential ${credential}`;
};

/** The caller, if the operation allows callers of that kind. Every failure gets the same answer. */
export const identifyCaller = async (
  context: CallersContext,
  headers: Headers,
  kinds: readonly CallerKind[],
  origin: Origin,
  outside: OutsideSlot,
): Promise<Caller> => {
  // A public operation ignores credentials.
  if (kinds.length === 0) return { nobody: true };
  try {
    return await callerOfKind(context, headers, kinds, origin, outside);
  } catch (error) {
    // Refused before it is compared with anything: no activity is recorded, but the source is limited all the same.
    if (error instanceof UnreadableCredential) await countWrong(context, origin.network);
    throw error;
  }
};

const callerOfKind = async (
  context: CallersContext,
  headers: Headers,
  kinds: readonly CallerKind[],
  origin: Origin,
  outside: OutsideSlot,
): Promise<Caller> => {
  if (kinds.includes('service')) {
    const token = bearerIn(headers);
    if (token === null) refuseOtherScheme(headers);
    return callerByServiceToken(context, token, origin);
  }
  const presented = presentedIn(headers, context);
  if (presented?.kind === 'key' && kinds.includes('key')) return callerByKey(context, presented.value, origin, headers);
  if (presented?.kind === 'session' && kinds.includes('user'))
    return callerBySession(context, presented, origin, outside);
  // Of another kind, and not even looked at: nothing can be guessed by it.
  throw new ProblemError('unauthenticated');
};

/** A right key passes however many wrong ones came from the same place: nobody can lock an owner out. */
const callerByKey = async (
  context: CallersContext,
  value: string,
  origin: Origin,
  headers: Headers,
): Promise<Caller> => {
  const product = productIn(context.catalogue, headers.get('User-Agent'));
  const check = await context.checkKey(value, { address: origin.source, product });
  if ('key' in check) return { key: check.key };
  await context.rejectedCredentials.record('api_key.refused', check.rejection, origin, check.subject, check.owner);
  return refuseWrong(context, origin);
};

const callerByServiceToken = async (context: CallersContext, token: string | null, origin: Origin): Promise<Caller> => {
  const hash = token === null ? null : await sha256(token);
  const service = hash && context.services.find((service) => equalInConstantTime(service.hash, hash));
  if (service) return { service: service.name };
  if (token === null) throw new ProblemError('unauthenticated');
  await context.rejectedCredentials.record('service.refused', 'unknown', origin);
  return refuseWrong(context, origin);
};

/** As with keys, a right session passes however many wrong ones came from the same place. */
const callerBySession = async (
  context: CallersContext,
  { token, byCookie }: Extract<Presented, { kind: 'session' }>,
  origin: Origin,
  outside: OutsideSlot,
): Promise<Caller> => {
  const { sessions, rejectedCredentials } = context;
  const check = await sessions.verify(token, outside);
  if ('refused' in check) {
    await rejectedCredentials.record('session.refused', check.refused, origin);
    if (check.refused !== 'expired') return refuseWrong(context, origin);
    // Each expired session is counted by itself: it is no guess, and behind one address many people's sessions may
    // expire at the same time.
    await countWrong(context, `${origin.network} ${base64url(await sha256(token))}`);
    throw new ProblemError('session_expired');
  }
  const user = await signIn(context, check.claims, origin);
  if (user) return { user, byCookie };
  await rejectedCredentials.record('session.refused', 'removed', origin);
  return refuseWrong(context, origin);
};

/** A wrong credential may be a guess: each source has a number of them, and then has to wait. */
const refuseWrong = async (context: CallersContext, origin: Origin): Promise<never> => {
  await countWrong(context, origin.network);
  throw new ProblemError('unauthenticated');
};

const countWrong = async ({ wrongCredentials }: CallersContext, source: string): Promise<void> => {
  const allowance = await wrongCredentials.take(source);
  if (!allowance.allowed) throw new LimitReached(allowance);
};
