import type { OutsideSlot } from './concurrency-limiter.js';
import type { Claims } from './directory.js';

type SessionCheck = { claims: Claims } | { refused: 'expired' | 'invalid' | 'revoked' };

/** Tells whose a session token is. */
export interface SessionVerifier {
  /** @param outside For what is asked over the network. */
  verify(token: string, outside: OutsideSlot): Promise<SessionCheck>;
}

/** Tells whether a session whose token is good still stands: whoever made it may have ended it before its time. */
export interface SessionRevocations {
  /** Asked with each request of a session. Throws where it cannot be known. */
  isRevoked(token: string): Promise<boolean>;
}

export const unlessRevoked = (sessions: SessionVerifier, revocations: SessionRevocations): SessionVerifier => ({
  async verify(token, outside) {
    const check = await sessions.verify(token, outside);
    // A session that is refused anyway is not shown to the revocation service.
    if ('refused' in check) return check;
    return (await outside(() => revocations.isRevoked(token))) ? { refused: 'revoked' } : check;
  },
});
