import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Email, Name } from '@ai-cockpit/sdk/contract';
import { Refusal } from './domain/refusal.js';
import type { Clock } from './ports/clock.js';
import type { Claims } from './ports/directory.js';
import type { SessionVerifier } from './ports/sessions.js';

export interface JwtSessionsOptions {
  /** The issuer's public keys: jose's local or remote key set. */
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
  clock: Clock;
  /** Milliseconds by which the issuer's clock may differ. */
  clockTolerance: number;
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

/** A claim fit for a profile, by the rules of what people type; one that is not is left out. */
const textIn = (payload: JWTPayload, claim: string, schema: typeof Name = Name): string | undefined => {
  const parsed = schema.safeParse(payload[claim]);
  return parsed.success ? parsed.data : undefined;
};

/** Neither what forges a line where it is shown, nor half a character: two of these are one to a database. */
const subjectPattern = /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]{1,200}$/u;

const claimsIn = (payload: JWTPayload): Claims | null =>
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
}: JwtSessionsOptions): SessionVerifier => ({
  async verify(token, outside) {
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
      const claims = claimsIn(payload);
      return claims ? { claims } : { refused: 'invalid' };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { refused: 'expired' };
      if (refusals.some((refusal) => error instanceof refusal)) return { refused: 'invalid' };
      // The issuer's keys could not be had: that is no fault of the session.
      throw new Refusal('unavailable', [], 5);
    }
  },
});
