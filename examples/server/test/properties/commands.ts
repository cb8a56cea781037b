import * as fc from 'fast-check';
import type { Organization, Person, Place } from './requests.js';

/**
 * Commands as fast-check makes them: plain data, without ids. `creation`, `key` and `token` count through those that the
 * client knows when the command runs, and begin again after the last; where it knows none, the command does nothing.
 * `by: null` is the person who created or listed the thing, `place: null` the owner that the policy gives keys to.
 */

export type Provider = 'jira' | 'businessmap';
export type Expiry = 'none' | 'short' | 'long' | 'refused';
/** How a repeated creation differs from the first. */
export type Change = 'none' | 'body' | 'person' | 'place';
export type Version = 'known' | 'any' | 'stale' | 'missing';
export type TokenChange = 'secret' | 'name' | 'code' | 'destination' | 'destination and secret' | 'nothing';

interface LeasedToken {
  provider: Provider;
  code: string | null;
  organization: Organization | null;
}

export type Command =
  | { do: 'createKey'; by: Person; place: Place | null; name: string; module: string | null; expiry: Expiry }
  /** A creation's request again, with its Idempotency-Key. */
  | { do: 'repeatCreation'; creation: number; change: Change }
  | { do: 'useKey'; key: number; module: string | null }
  | { do: 'getKey'; key: number; by: Person | null }
  | { do: 'revokeKey'; key: number; by: Person | null; hasReason: boolean }
  | { do: 'revokeAnyKey'; key: number; by: Person }
  | { do: 'deleteKey'; key: number; by: Person | null; version: Version }
  | { do: 'createToken'; by: Person; place: Place | null; provider: Provider; name: string; code: string }
  | { do: 'updateToken'; token: number; by: Person | null; change: TokenChange; version: Version }
  | { do: 'deleteToken'; token: number; by: Person | null; version: Version }
  | ({ do: 'leaseByKey'; key: number } & LeasedToken)
  | ({ do: 'leaseByPerson'; by: Person } & LeasedToken);

/** A request; where the answer is lost, the server has carried it out and the client does not know. */
export type Sent = Command & { isLost: boolean };

export type Step =
  | Sent
  | { do: 'listKeys'; by: Person; place: Place | null; pageSize: number }
  | { do: 'listAllKeys'; by: Person }
  | { do: 'listTokens'; by: Person; place: Place | null; pageSize: number }
  /** The server's clock moves on. */
  | { do: 'wait'; minutes: number }
  /** The server's housekeeping, which changes nothing that people see. */
  | { do: 'sweep' }
  | { do: 'atOnce'; requests: Sent[] };

const weighted = <T>(...choices: [weight: number, arbitrary: fc.Arbitrary<T>][]): fc.Arbitrary<T> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const always = <const T>(value: T): fc.Arbitrary<T> => fc.constant(value);
const oneOf = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const which = fc.nat(7);
/** Mostly those who may do something. */
const person = weighted<Person>([9, oneOf('Ada', 'Max')], [1, oneOf('Gus', 'Mia', 'Vic')]);
const somebody = weighted<Person | null>([4, always(null)], [1, person]);
const place = oneOf<Place>('own', 'acme', 'globex');
const placeOfKeys = weighted<Place | null>([9, always(null)], [1, place]);
const placeOfTokens = weighted<Place | null>([3, always(null)], [1, place]);
const organization = oneOf<Organization>('acme', 'globex');
const provider = weighted<Provider>([3, always('jira')], [1, always('businessmap')]);
/** The first two are the same name, and so are the next two: é in its two encodings. */
const name = oneOf('red', ' red ', 'caf\u00e9', 'cafe\u0301', 'blue', 'green', '');
const code = oneOf('one', 'two', '');
const version = weighted<Version>([8, always('known')], [3, oneOf('any', 'stale', 'missing')]);
const module = weighted<string | null>([4, always(null)], [4, always('agents')], [1, oneOf('reports', 'unknown')]);
const askedModule = weighted<string | null>([1, always(null)], [1, oneOf('agents', 'reports')]);
const expiry = weighted<Expiry>([2, always('none')], [6, oneOf('short', 'long')], [1, always('refused')]);
const change = oneOf<TokenChange>('secret', 'name', 'code', 'destination', 'destination and secret', 'nothing');
const isLost = weighted<boolean>([6, always(false)], [1, always(true)]);
const leased = {
  provider,
  code: weighted<string | null>([3, always(null)], [1, oneOf('one', 'two')]),
  organization: weighted<Organization | null>([1, always(null)], [1, organization]),
};

const command: fc.Arbitrary<Command> = weighted<Command>(
  [8, fc.record({ do: always('createKey'), by: person, place: placeOfKeys, name, module, expiry })],
  [
    5,
    fc.record({
      do: always('repeatCreation'),
      creation: which,
      change: weighted<Change>([5, always('none')], [1, oneOf('body', 'person', 'place')]),
    }),
  ],
  [6, fc.record({ do: always('useKey'), key: which, module: askedModule })],
  [2, fc.record({ do: always('getKey'), key: which, by: somebody })],
  [4, fc.record({ do: always('revokeKey'), key: which, by: somebody, hasReason: fc.boolean() })],
  [1, fc.record({ do: always('revokeAnyKey'), key: which, by: oneOf<Person>('Ada', 'Max', 'Gus') })],
  [4, fc.record({ do: always('deleteKey'), key: which, by: somebody, version })],
  [5, fc.record({ do: always('createToken'), by: person, place: placeOfTokens, provider, name, code })],
  [4, fc.record({ do: always('updateToken'), token: which, by: somebody, change, version })],
  [2, fc.record({ do: always('deleteToken'), token: which, by: somebody, version })],
  [3, fc.record({ do: always('leaseByKey'), key: which, ...leased })],
  [3, fc.record({ do: always('leaseByPerson'), by: person, ...leased })],
);

const sent: fc.Arbitrary<Sent> = fc.tuple(command, isLost).map(([each, lost]) => ({ ...each, isLost: lost }));

const step: fc.Arbitrary<Step> = weighted<Step>(
  [30, sent],
  [8, fc.record({ do: always('atOnce'), requests: fc.array(sent, { minLength: 2, maxLength: 3, size: 'max' }) })],
  [1, fc.record({ do: always('listKeys'), by: person, place: placeOfKeys, pageSize: fc.integer({ min: 1, max: 4 }) })],
  [1, fc.record({ do: always('listAllKeys'), by: oneOf<Person>('Ada', 'Max', 'Gus') })],
  [
    1,
    fc.record({ do: always('listTokens'), by: person, place: placeOfTokens, pageSize: fc.integer({ min: 1, max: 4 }) }),
  ],
  // Minutes, hours and a month, whose sums never come near the ten minutes, the day or the expiry of anything.
  [6, fc.record({ do: always('wait'), minutes: oneOf(7, 13 * 60, 31 * 24 * 60) })],
  [1, fc.record({ do: always('sweep') })],
);

/** Creations, without which most steps have nothing to work on. */
const beginning: fc.Arbitrary<Step[]> = fc.array(
  weighted<Step>(
    [2, fc.record({ do: always('createKey'), by: person, place: always(null), name, module, expiry, isLost })],
    [1, fc.record({ do: always('createToken'), by: person, place: placeOfTokens, provider, name, code, isLost })],
  ),
  { maxLength: 3, size: 'max' },
);

/** Without the bias towards short ones, which find little. */
export const sequence: fc.Arbitrary<Step[]> = fc
  .noBias(fc.tuple(beginning, fc.array(step, { maxLength: 6, size: 'max' })))
  .map(([first, rest]) => [...first, ...rest]);
