import * as z from 'zod/mini';
import { Refusal } from './domain/refusal.js';
import type { Logger } from './ports/logger.js';
import type { SessionRevocations } from './ports/sessions.js';

export interface IntrospectionOptions {
  /** The endpoint of the host's authorization server. */
  url: string;
  /** The whole `Authorization` header that it wants of us. Secret. */
  authorization: string;
  logger: Logger;
}

const Introspection = z.object({ active: z.boolean() });

const patience = 3000;

/**
 * OAuth 2.0 Token Introspection (RFC 7662). Nothing is kept: an answer holds for the request that it was asked for.
 * Where there is none, or one that does not say, nobody knows, and so nobody comes in.
 */
export const tokenIntrospection = ({ url, authorization, logger }: IntrospectionOptions): SessionRevocations => ({
  async isRevoked(token) {
    let status: number | undefined;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { Authorization: authorization, Accept: 'application/json' },
        body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
        // It is the token that would be sent on.
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      });
      status = answer.status;
      const body = await answer.text();
      if (status !== 200) throw new Error('The endpoint did not answer the question');
      return !Introspection.parse(JSON.parse(body)).active;
    } catch (error) {
      // Not its message, which may repeat what was sent.
      const { name } = error instanceof Error ? error : { name: 'unknown' };
      logger.error({ error: name, status }, 'whether a session is revoked could not be asked');
      throw new Refusal('unavailable', [], 5);
    }
  },
});
