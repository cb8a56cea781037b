import * as z from 'zod/mini';
import { ProblemError } from '../domain/problem-error.js';
import { networkFaultOf } from './network-faults.js';
import type { Logger } from '../ports/logger.js';
import type { SessionRevocations } from '../ports/sessions.js';

export interface IntrospectionOptions {
  /** The endpoint of the host's authorization server. */
  url: string;
  /** The whole `Authorization` header that it wants of us. Secret. */
  authorization: string;
  logger: Logger;
}

/** Asks the host's authorization server about sessions. */
export interface TokenIntrospection extends SessionRevocations {
  /** Why it does not tell, in words; `null` where it does. Throws nothing. */
  check(): Promise<string | null>;
}

const Introspection = z.object({ active: z.boolean() });

const patience = 3000;

/** An answer that does not tell, and the reason in words. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const statusReasons: Readonly<Record<number, string>> = {
  400: 'it does not understand the request: is it an introspection endpoint (RFC 7662)?',
  401: 'it refuses INTROSPECTION_AUTHORIZATION',
  403: 'it refuses INTROSPECTION_AUTHORIZATION',
  404: 'there is nothing at that path',
  405: 'it takes no POST: is it an introspection endpoint (RFC 7662)?',
};

/** Nothing of the error's own message, which may repeat what was sent. */
const reasonOf = (error: unknown): string => {
  if (error instanceof NoAnswer) return error.message;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'there was no answer in time';
  return networkFaultOf(error) ?? 'the connection failed, or the answer is a redirect';
};

/**
 * OAuth 2.0 Token Introspection (RFC 7662). Nothing is kept: an answer holds for the request that it was asked for.
 * Where there is none, or one that does not say, nobody knows, and so nobody comes in.
 */
export const tokenIntrospection = ({ url, authorization, logger }: IntrospectionOptions): TokenIntrospection => {
  const isActive = async (token: string): Promise<boolean> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { Authorization: authorization, Accept: 'application/json' },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
      // It is the token that would be sent on.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    const body = await answer.text();
    const { status } = answer;
    if (status !== 200) throw new NoAnswer(`${statusReasons[status] ?? 'the answer is not 200'} (${status})`);
    try {
      return Introspection.parse(JSON.parse(body)).active;
    } catch {
      throw new NoAnswer('the answer is not JSON with "active": true or false');
    }
  };

  return {
    async isRevoked(token) {
      try {
        return !(await isActive(token));
      } catch (error) {
        logger.error({ reason: reasonOf(error) }, 'whether a session is revoked could not be asked');
        throw new ProblemError('unavailable', [], 5);
      }
    },

    async check() {
      try {
        // No token of anybody's.
        return (await isActive('check-at-start'))
          ? 'it calls a made-up token active: sessions that were ended would be let in'
          : null;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
};
