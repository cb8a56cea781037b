import { trimEdges } from '@ai-cockpit/sdk/contract';
import { base64url, equalInConstantTime } from '../values/bytes.js';
import type { ActivityAction, Caller as CallerKind } from '@ai-cockpit/sdk/contract';
import type { User } from '../domain/access.js';
import { type ActivityEntry, type ActivitySubject, type Actor, recordActivity } from '../domain/activity.js';
import { productIn } from '../domain/caller-product.js';
import type { CheckKey, PresentedKey } from '../domain/key-check.js';
import { sha256 } from '../domain/keyring.js';
import { signIn, type SignInContext } from '../domain/people.js';
import { Refusal } from '../domain/refusal.js';
import type { Background } from '../ports/background.js';
import type { OutsideSlot } from '../ports/concurrency-limiter.js';
import type { Random } from '../ports/random.js';
import type { Allowance, RateLimiter } from '../ports/rate-limiter.js';
import type { ServiceToken } from '../ports/service-token.js';
import type { SessionVerifier } from '../ports/sessions.js';
import type { OwnerRef } from '../store/owners.js';
import type { Records } from '../store/store.js';
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

/** Where a request came from, for the log of activity and for limits. */
export interface Origin extends Pick<Actor, 'source' | 'requestId'> {
  /** The part of the source that limits count by. */
  network: string;
}

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
      throw new Refusal('unauthenticated');
};

/** A key pasted into a search field: not a 401, which would end the session of the page. */
export const refuseKeyInSearch = (text: string): void => {
  if (isKeyLike(trimEdges(text)))
    throw new Refusal(
      'malformed',
      [{ path: 'q', code: 'looks_like_secret' }],
      undefined,
      'The search text is an API key. Addresses end up in histories and logs: if others can read those, revoke the key',
    );
};

export interface CallersContext extends SignInContext {
  store: SignInContext['store'] & Pick<Records, 'activity'>;
  random: Random;
  background: Background;
}

export interface CallersOptions {
  context: CallersContext;
  sessions: SessionVerifier;
  checkKey: CheckKey;
  services: readonly ServiceToken[];
  /** Headers for a key, beside `Authorization`. */
  keyHeaders: readonly string[];
  cookieName: string | null;
  /** How often one source may present wrong credentials. */
  wrongCredentials: RateLimiter;
}

const noteEvery = 60_000;

export class Callers {
  readonly #options: CallersOptions;
  readonly #noted = new Map<string, { at: number; repeats: number; entry: ActivityEntry }>();

  constructor(options: CallersOptions) {
    this.#options = options;
  }

  /** The caller whose turn a request takes, before it is authenticated. */
  senderOf(headers: Headers, { network }: Origin): string {
    const credential = readableCredential(headers, this.#options);
    return credential === null ? `source ${network}` : `credential ${credential}`;
  }

  /** The caller, if the operation allows callers of that kind. Every failure gets the same answer. */
  async identify(
    headers: Headers,
    kinds: readonly CallerKind[],
    origin: Origin,
    outside: OutsideSlot,
  ): Promise<Caller> {
    // A public operation ignores credentials.
    if (kinds.length === 0) return { nobody: true };
    try {
      return await this.#identify(headers, kinds, origin, outside);
    } catch (error) {
      // Refused before it is compared with anything: no activity is recorded, but the source is limited all the same.
      if (error instanceof UnreadableCredential) await this.#countRefused(origin.network);
      throw error;
    }
  }

  async #identify(
    headers: Headers,
    kinds: readonly CallerKind[],
    origin: Origin,
    outside: OutsideSlot,
  ): Promise<Caller> {
    if (kinds.includes('service')) {
      const token = bearerIn(headers);
      if (token === null) refuseOtherScheme(headers);
      return this.#byServiceToken(token, origin);
    }
    const presented = presentedIn(headers, this.#options);
    if (presented?.kind === 'key' && kinds.includes('key')) return this.#byKey(presented.value, origin, headers);
    if (presented?.kind === 'session' && kinds.includes('user')) return this.#bySession(presented, origin, outside);
    // Of another kind, and not even looked at: nothing can be guessed by it.
    throw new Refusal('unauthenticated');
  }

  /** A right key passes however many wrong ones came from the same place: nobody can lock an owner out. */
  async #byKey(value: string, origin: Origin, headers: Headers): Promise<Caller> {
    const { checkKey, context } = this.#options;
    const product = productIn(context.catalogue, headers.get('User-Agent'));
    const check = await checkKey(value, { address: origin.source, product });
    if ('key' in check) return { key: check.key };
    await this.#note('api_key.refused', check.fault, origin, check.of, check.owner);
    return this.#refuseWrong(origin);
  }

  /** A wrong credential may be a guess: each source has a number of them, and then has to wait. */
  async #refuseWrong(origin: Origin): Promise<never> {
    await this.#countRefused(origin.network);
    throw new Refusal('unauthenticated');
  }

  async #countRefused(source: string): Promise<void> {
    const allowance = await this.#options.wrongCredentials.take(source);
    if (!allowance.allowed) throw new LimitReached(allowance);
  }

  async #byServiceToken(token: string | null, origin: Origin): Promise<Caller> {
    const hash = token === null ? null : await sha256(token);
    const found = hash && this.#options.services.find((service) => equalInConstantTime(service.hash, hash));
    if (found) return { service: found.name };
    if (token === null) throw new Refusal('unauthenticated');
    await this.#note('service.refused', 'unknown', origin);
    return this.#refuseWrong(origin);
  }

  /** As with keys, a right session passes however many wrong ones came from the same place. */
  async #bySession(
    { token, byCookie }: Extract<Presented, { kind: 'session' }>,
    origin: Origin,
    outside: OutsideSlot,
  ): Promise<Caller> {
    const { sessions, context } = this.#options;
    const check = await sessions.verify(token, outside);
    if ('refused' in check) {
      await this.#note('session.refused', check.refused, origin);
      if (check.refused !== 'expired') return this.#refuseWrong(origin);
      // Each expired session is counted by itself: it is no guess, and behind one address many people's sessions may
      // expire at the same time.
      await this.#countRefused(`${origin.network} ${base64url(await sha256(token))}`);
      throw new Refusal('session_expired');
    }
    const user = await signIn(context, check.claims, origin);
    if (user) return { user, byCookie };
    await this.#note('session.refused', 'removed', origin);
    return this.#refuseWrong(origin);
  }

  /**
   * One write a minute for one source, reason and key, and one row an hour: whoever tries a thousand keys does not write
   * a thousand rows, nor hide by them that somebody presents a revoked one. Only a key that was right once is named here.
   */
  async #note(
    action: ActivityAction,
    reason: string,
    origin: Origin,
    subject: ActivitySubject | null = null,
    owner: OwnerRef | null = null,
  ): Promise<void> {
    const { clock, store } = this.#options.context;
    this.sweep();
    const what = [action, origin.network, reason, subject?.id].join(' ');
    const noted = this.#noted.get(what);
    if (noted) {
      noted.repeats += 1;
      return;
    }
    const actor: Actor = { kind: 'none', id: null, name: null, ...origin };
    const entry: ActivityEntry = {
      action,
      outcome: 'unauthenticated',
      actor,
      owner,
      subject,
      detail: { reason },
      kind: reason,
    };
    this.#noted.set(what, { at: clock.now(), repeats: 0, entry });
    await recordActivity(this.#options.context, store, clock.now(), entry);
  }

  /** Counts what was repeated within the last minutes in the rows of the first. */
  sweep(): void {
    const { context } = this.#options;
    const { clock, store, background } = context;
    const now = clock.now();
    // The oldest come first.
    for (const [what, { at, repeats, entry }] of this.#noted) {
      if (at > now - noteEvery) break;
      this.#noted.delete(what);
      if (repeats > 0) background.run(() => recordActivity(context, store, clock.now(), { ...entry, count: repeats }));
    }
  }
}
