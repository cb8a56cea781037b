import type { Claims } from './directory.js';

type SessionCheck = { claims: Claims } | { refused: 'expired' | 'invalid' };

/** Tells whose a session token is. */
export interface SessionVerifier {
  verify(token: string): Promise<SessionCheck>;
}
