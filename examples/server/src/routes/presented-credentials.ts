import { checkApiKey } from '@ai-cockpit/sdk/api-key-format';
import { credentialErrorCode, trimEdges } from '@ai-cockpit/sdk/contract';
import { parse } from 'hono/utils/cookie';
import { ProblemError } from '../domain/problem-error.js';
import { fieldErrorMessages } from './field-errors.js';

export type Presented = { kind: 'key'; value: string } | { kind: 'session'; token: string; byCookie: boolean };

/** A header holds a credential that cannot be one. The answer names the header and the cause, and nothing of the value. */
export class UnreadableCredential extends ProblemError {
  constructor(header: string, cause: string) {
    super('unauthenticated', [], undefined, `The credential in the header ${header} ${cause}`);
  }
}

/** Right or mistyped: the checksum is not asked. */
export const isKeyLike = (text: string): boolean => checkApiKey(text) !== 'malformed';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Nothing to decode and nothing to trim: that goes character by character, for each request, also for a refused one. */
const isTrimmedAscii = (value: string): boolean => /^[!-~](?:[ -~]*[!-~])?$/.test(value);

/** A header's bytes come as Latin-1. A client that has more characters than ASCII has mostly sent UTF-8. */
const decoded = (value: string): string => {
  if (isTrimmedAscii(value)) return value;
  try {
    return utf8.decode(Uint8Array.from(value, (character) => character.charCodeAt(0)));
  } catch {
    return value;
  }
};

/** Keys and sessions are: nothing in it can be a fault. */
const isPlain = (credential: string): boolean => /^[\w-]+(?:\.[\w-]+){0,4}$/.test(credential);

/** A credential as it was copied, its ends trimmed as everywhere; `null` where there is nothing. */
const credentialIn = (header: string, text: string): string | null => {
  const trimmed = text.trim();
  if (isPlain(trimmed)) return trimmed;
  // A session may be longer than what `trimEdges` looks into.
  const credential = trimEdges(trimmed);
  const fault = credentialErrorCode(credential);
  if (fault) throw new UnreadableCredential(header, fieldErrorMessages[fault]);
  return credential || null;
};

const authorizationIn = (headers: Headers): [scheme: string, rest: string] | null => {
  const header = headers.get('Authorization') ?? '';
  const value = isTrimmedAscii(header) ? header : trimEdges(decoded(header));
  const [scheme = ''] = value.split(/\s/, 1);
  return value === '' ? null : [scheme, value.slice(scheme.length)];
};

/** The token of `Authorization: Bearer`; `null` where there is none, or another scheme, as a proxy may add its own. */
export const bearerIn = (headers: Headers): string | null => {
  const [scheme, rest] = authorizationIn(headers) ?? [];
  return scheme?.toLowerCase() === 'bearer' && rest ? credentialIn('Authorization', rest) : null;
};

/** Nothing else says who is calling: then a header that means to is what is wrong. */
export const refuseOtherScheme = (headers: Headers): void => {
  if (authorizationIn(headers))
    throw new UnreadableCredential('Authorization', 'has to follow the word Bearer and a space');
};

/** The headers that a request may authenticate by, beside `Authorization`. */
interface CredentialPlaces {
  keyHeaders: readonly string[];
  sessionCookie: string | null;
}

/** The credential of a request: a key, otherwise a session. */
export const presentedIn = (headers: Headers, { keyHeaders, sessionCookie }: CredentialPlaces): Presented | null => {
  const bearer = bearerIn(headers);
  const [key, ...others] = keyHeaders.flatMap((name) => credentialIn(name, decoded(headers.get(name) ?? '')) ?? []);
  if (key !== undefined && [...others, bearer ?? key].some((other) => other !== key))
    throw new ProblemError('credentials_conflict');
  if (key !== undefined) return { kind: 'key', value: key };
  if (bearer !== null)
    return isKeyLike(bearer) ? { kind: 'key', value: bearer } : { kind: 'session', token: bearer, byCookie: false };
  const cookie = sessionCookie && parse(headers.get('Cookie') ?? '', sessionCookie)[sessionCookie];
  if (cookie) return { kind: 'session', token: cookie, byCookie: true };
  refuseOtherScheme(headers);
  return null;
};

/** The credential that a request is authenticated by; `null` where it would be refused unread. */
export const readableCredential = (headers: Headers, places: CredentialPlaces): string | null => {
  try {
    const presented = presentedIn(headers, places);
    return presented && (presented.kind === 'key' ? presented.value : presented.token);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
};
