import { readEmail, trimEdges } from '@ai-cockpit/sdk/contract';
import { type AddressRange, parseRange } from '../values/addresses.js';
import { fromBase64, type Bytes } from '../values/bytes.js';
import type { PepperSetting } from '../domain/peppers.js';
import { listed, suggestion } from '../documents/near-match.js';
import { shown } from '../documents/shown.js';

/** A value, or why the text is none. Of a secret setting, the reason holds nothing of the text. */
type Reading<T> = { value: T } | { reason: string };

/** How the text of a setting is read. */
export interface Kind<T> {
  /** The expected form, to follow “is not”: `a whole number from 0 to 65535`. */
  allowed: string;
  /** Without a reason, the text is just not what is allowed. */
  read(text: string): Reading<T> | null;
  /** Where only certain words are allowed, these. */
  choices?: readonly string[];
  /** White space and invisible characters around the text are part of it; else they are trimmed. */
  keepsEdges?: true;
}

const value = <T>(it: T): Reading<T> => ({ value: it });

export const text: Kind<string> = { allowed: 'a text', read: value };
export const path: Kind<string> = { allowed: 'a path', read: value };

export const matching = (pattern: RegExp, allowed: string): Kind<string> => ({
  allowed,
  read: (it) => (pattern.test(it) ? value(it) : null),
});

export const integer = (least: number, most: number): Kind<number> => ({
  allowed: `a whole number from ${least} to ${most}`,
  read: (it) => (/^\d{1,15}$/.test(it) && Number(it) >= least && Number(it) <= most ? value(Number(it)) : null),
});

export const oneOf = <const T extends string>(...choices: T[]): Kind<T> => ({
  allowed: listed(choices),
  choices,
  read: (it) => {
    const choice = choices.find((allowed) => allowed === it);
    return choice === undefined ? null : value(choice);
  },
});

export const flag: Kind<boolean> = {
  allowed: '0 or 1',
  read: (it) => (it === '0' || it === '1' ? value(it === '1') : null),
};

/** Several of a kind that is no secret, separated by commas. White space around them and empty ones do not count. */
export const list = <T>(kind: Kind<T>): Kind<T[]> => ({
  allowed: `${kind.allowed}, several separated by commas`,
  read: (it) => {
    const values: T[] = [];
    for (const part of it.split(',').map(trimEdges)) {
      if (!part) continue;
      const reading = kind.read(part);
      if (!reading || 'reason' in reading)
        return { reason: `has ${shown(part)}, which ${reading?.reason ?? `is not ${kind.allowed}`}` };
      values.push(reading.value);
    }
    return value(values);
  },
});

/** The name as people read it: what looks like an encoded word would be decoded. */
const mailboxPattern = /^(?!.*=\?)(?:[^<>"\p{Cc}]+ )?<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/u;

/** Within a company, hosts may have one label. An address beyond ASCII has to fit the rule for people's addresses. */
const isMailbox = (it: string): boolean => {
  const address = it.replace(/^.*<|>$/g, '');
  return mailboxPattern.test(it) && (/^[\x21-\x7e]+$/.test(address) || readEmail(address) !== null);
};

export const mailbox: Kind<string> = {
  allowed: 'an address, as in: Example <no-reply@example.com>',
  read: (it) => (isMailbox(it) ? value(it) : null),
};

/**
 * A text that stored hashes depend on: with its edges trimmed by one process and kept by another, no hash would fit.
 */
export const pepper: Kind<string> = {
  allowed: 'at least 32 characters',
  keepsEdges: true,
  read: (it) => {
    if (trimEdges(it) !== it) return { reason: 'must not begin or end with white space or an invisible character' };
    return /^.{32,}$/su.test(it) ? value(it) : null;
  },
};

const isOrigin = (it: string): boolean => URL.canParse(it) && new URL(it).origin === it;

export const origin: Kind<string> = {
  allowed: 'an origin such as https://app.example.com',
  read: (it) => (isOrigin(it) ? value(it) : null),
};

const isPercentEncoded = (it: string): boolean => {
  try {
    decodeURIComponent(it);
    return true;
  } catch {
    return false;
  }
};

const encode = 'characters such as % # / ? @ : in a user or password are written percent-encoded, % as %25';

/** The address of a service that is signed in to with a user and password in it. */
export const serviceUrl = (allowed: string, protocol: RegExp, { hasPath }: { hasPath: boolean }): Kind<string> => ({
  allowed,
  read: (it) => {
    if (!URL.canParse(it)) return { reason: `is not an address; ${encode}` };
    const { protocol: given, hostname, username, password, pathname, search, hash } = new URL(it);
    if (!protocol.test(given)) return null;
    if (!isPercentEncoded(username) || !isPercentEncoded(password))
      return { reason: `has a % in its user or password that stands for nothing; ${encode}` };
    // Where a password ends an address early, what follows reads as a path, a query or a fragment.
    const isCut = hash !== '' || /@/.test(pathname + search) || (!hasPath && (pathname.length > 1 || search !== ''));
    if (!hostname || isCut) return { reason: `ends before its host; ${encode}` };
    return value(it);
  },
});

/** An address that people or programs go to, without a user or password in it: `fetch` takes none. */
export const webUrl: Kind<string> = {
  allowed: 'an http:// or https:// address',
  read: (it) => {
    if (!URL.canParse(it)) return null;
    const { protocol, username, password } = new URL(it);
    if (!/^https?:$/.test(protocol)) return null;
    return username || password ? { reason: 'must have no user or password in it' } : value(it);
  },
};

export const addressRange: Kind<AddressRange> = {
  allowed: 'an address or a range such as 10.0.0.0/8',
  read: (it) => {
    const range = parseRange(it);
    return range && value(range);
  },
};

export interface EncryptionKey {
  id: string;
  bytes: Bytes;
}

export const encryptionKeys: Kind<EncryptionKey[]> = {
  allowed: 'id:base64 of 32 bytes, several separated by commas, the current one first',
  read: (it) => {
    const keys: EncryptionKey[] = [];
    for (const entry of it.split(',')) {
      const [, id, encoded] = /^([A-Za-z0-9._-]{1,50}):([A-Za-z0-9+/]{43}=)$/.exec(trimEdges(entry)) ?? [];
      if (!id || !encoded) return null;
      keys.push({ id, bytes: fromBase64(encoded) });
    }
    return new Set(keys.map(({ id }) => id)).size < keys.length
      ? { reason: 'has two keys of the same id' }
      : value(keys);
  },
};

export const peppers: Kind<PepperSetting[]> = {
  allowed: 'id:pepper of at least 32 characters, without spaces or commas; several separated by commas',
  read: (it) => {
    const read: PepperSetting[] = [];
    for (const entry of it.split(',')) {
      const [, id, pepper] = /^([A-Za-z0-9_-]{1,50}):([\x21-\x7e]{32,})$/.exec(entry.trim()) ?? [];
      if (!id || !pepper) return null;
      read.push({ id, text: pepper });
    }
    return new Set(read.map(({ id }) => id)).size < read.length
      ? { reason: 'has two peppers of the same id' }
      : value(read);
  },
};

/** The text of a fault, after the setting's name. */
export const faultOf = (
  { allowed, choices }: Kind<unknown>,
  given: string,
  reason: string | undefined,
  isSecret: boolean,
): string => {
  if (reason !== undefined) return isSecret ? reason : `${shown(given)} ${reason}`;
  if (isSecret) return `must be ${allowed}`;
  return `${shown(given)} is not ${allowed}${suggestion(given, choices ?? [])}`;
};
