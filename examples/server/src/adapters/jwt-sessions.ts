import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Email, Name } from '@ai-cockpit/sdk/contract';
import { ProblemError } from '../domain/problem-error.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Claims } from '../ports/directory.js';
import type { SessionVerifier } from '../ports/sessions.js';

export interface JwtSessionsOptions {
  /** The issuer's public keys: jose's local or remote key set. */
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
  clock: Clock;
  /** Milliseconds by which the issuer's clock may differ. */
  clockTolerance: number;
  logger: Logger;
}

/** Signatures that only the holder of a private key can make. */
const algorithms = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
  'Ed25519',
];

const refusals = [
  errors.JWTInvalid,
  errors.JWTClaimValidationFailed,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

type TextOf = (payload: JWTPayload, claim: string, schema?: typeof Name) => string | undefined;

const warnEvery = 3_600_000;
const mostWarned = 1000;

/**
 * Reads a claim fit for a profile, by the rules of what people type; one that is not is left out, and logged without its
 * value: once an hour for each person, who sends it with each request.
 */
const claimReader = ({ clock, logger }: Pick<JwtSessionsOptions, 'clock' | 'logger'>): TextOf => {
  const warned = new Map<string, number>();

  const warn = (subject: string | undefined, claim: string): void => {
    const now = clock.now();
    const warning = `${claim} ${subject}`;
    if ((warned.get(warning) ?? 0) > now - warnEvery) return;
    for (const [oldest, at] of warned) {
      if (at > now - warnEvery && warned.size < mostWarned) break;
      warned.delete(oldest);
    }
    warned.delete(warning);
    warned.set(warning, now);
    logger.warn({ claim, subject }, 'a claim of a session cannot be used and is left out');
  };

  return (payload, claim, schema = Name) => {
    const parsed = schema.safeParse(payload[claim]);
    if (parsed.success) return parsed.data;
    // An issuer that knows nothing says so in one of these ways.
    if (![undefined, null, ''].includes(payload[claim] as string)) warn(payload.sub, claim);
    return undefined;
  };
};

/** Neither what forges a line where it is shown, nor half a character: two of these are one to a database. */
const subjectPattern = /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]{1,200}$/u;

const claimsIn = (payload: JWTPayload, textIn: TextOf): Claims | null =>
  typeof payload.sub === 'string' && subjectPattern.test(payload.sub)
    ? {
        subject: payload.sub,
        // Tokens of one issuer last equally long, so that their ends tell which came later too.
        madeAt: payload.iat ?? payload.exp,
        loginName: textIn(payload, 'preferred_username'),
        firstName: textIn(payload, 'given_name'),
        lastName: textIn(payload, 'family_name'),
        email: textIn(payload, 'email', Email),
      }
    : null;

/** Sessions as the JSON Web Tokens of one issuer, for one audience. */
export const jwtSessions = ({
  keys,
  issuer,
  audience,
  clock,
  clockTolerance,
  logger,
}: JwtSessionsOptions): SessionVerifier => {
  const textIn = claimReader({ clock, logger });
  const verify: SessionVerifier['verify'] = async (token, outside) => {
    const options = {
      issuer,
      audience,
      algorithms,
      currentDate: new Date(clock.now()),
      clockTolerance: clockTolerance / 1000,
      requiredClaims: ['exp', 'sub'],
    };
    try {
      // Outside, as the issuer's keys may have to be asked for.
      const { payload } = await outside(() => jwtVerify(token, keys, options));
      const claims = claimsIn(payload, textIn);
      return claims ? { claims } : { refused: 'invalid' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { refused: 'expired' };
      if (refusals.some((refusal) => error instanceof refusal)) return { refused: 'invalid' };
      // The issuer's keys could not be had: that is no fault of the session.
      throw new ProblemError('unavailable', [], 5);
    }
  };
  return { verify };
};
