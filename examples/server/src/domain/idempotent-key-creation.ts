import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import { inBatches } from '../store/batches.js';
import type { Records, Store } from '../store/store.js';
import { base64url, fromUtf8, joined, utf8, type Bytes } from '../values/bytes.js';
import { open, seal } from './envelope.js';
import { hmacKey, type Keyring, type MasterKey } from './keyring.js';
import { ProblemError } from './problem-error.js';

const minute = 60_000;
/** For how long a repeated request is given the secret again. */
const secretKeptFor = 10 * minute;
/** For how long a repeated request makes no second key. */
const creationKeptFor = 24 * 60 * minute;

/** A request that creates a secret, with the members that distinguish it from others. */
export interface KeyCreationRequest {
  callerId: string;
  operation: string;
  path: string;
  body: unknown;
  /** The caller's, and as secret as what it gives access to. */
  idempotencyKey: string;
}

interface DerivedKeys {
  masterKeyId: string;
  tag: string;
  fingerprint: string;
  sealing: CryptoKey;
}

/** A request to create a key, with what it is looked up and kept by. */
export interface KeyCreationAttempt {
  request: KeyCreationRequest;
  /** For each configured key, the current one first: a key created under an older one is found by that one. */
  derived: [DerivedKeys, ...DerivedKeys[]];
}

export interface Replay {
  apiKeyId: string;
  secret: string | null;
  /** JSON: the key as it was when it was deleted. */
  deletedSnapshot: string | null;
}

/** The same value for the same content, in whatever order its members came. */
const canonical = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => [name, canonical(member)])
    : value;

const additionalData = ({ callerId, operation }: KeyCreationRequest, apiKeyId: string): Bytes =>
  joined('minting', callerId, operation, apiKeyId);

/*
 * The creation of a key can be repeated safely, and a stolen database reveals no secret: the look-up tag and the sealing
 * key come from the caller's Idempotency-Key and a key of this server, together.
 */

export const prepareKeyCreation = async (
  { keyring }: { keyring: Keyring },
  request: KeyCreationRequest,
): Promise<KeyCreationAttempt> => {
  const [current, ...older] = await Promise.all(keyring.all.map((key) => derive(key, request)));
  if (!current) throw new Error('A keyring needs a key');
  return { request, derived: [current, ...older] };
};

/** The key that this same request created before. Call it in the transaction that holds the owner's lock. */
export const findReplay = async (
  { keyCreations }: Pick<Records, 'keyCreations'>,
  now: number,
  { request, derived }: KeyCreationAttempt,
): Promise<Replay | null> => {
  const tags = derived.map(({ tag }) => tag);
  const earlier = await keyCreations.find(tags, now - creationKeptFor);
  if (!earlier) return null;
  const keys = derived.find(({ tag }) => tag === earlier.tag);
  if (!keys || keys.fingerprint !== earlier.fingerprint) throw new ProblemError('idempotency_mismatch');
  const { apiKeyId, sealed, remains } = earlier;
  const isReturned = sealed && earlier.createdAt > now - secretKeptFor;
  const secret = isReturned ? fromUtf8(await open(keys.sealing, additionalData(request, apiKeyId), sealed)) : null;
  return { apiKeyId, secret, deletedSnapshot: remains };
};

/** Call it in the transaction that adds the key. */
export const keepForReplay = async (
  { random }: { random: Random },
  { keyCreations }: Pick<Records, 'keyCreations'>,
  now: number,
  { request, derived }: KeyCreationAttempt,
  apiKeyId: string,
  secret: string,
): Promise<void> => {
  const [{ masterKeyId, tag, fingerprint, sealing }] = derived;
  const sealed = await seal(random, sealing, masterKeyId, additionalData(request, apiKeyId), utf8(secret));
  const creation = { tag, apiKeyId, fingerprint, sealed, remains: null, createdAt: now };
  const isAdded = await keyCreations.add(creation, now - creationKeptFor);
  // The same Idempotency-Key for another owner at the same moment: their locks did not keep the two apart.
  if (!isAdded) throw new ProblemError('idempotency_in_flight', [], 1);
};

/** Deletes what is too old to be returned. */
export const deleteOldKeyCreations = async ({
  store: { keyCreations },
  clock,
}: {
  store: Pick<Store, 'keyCreations'>;
  clock: Clock;
}): Promise<void> => {
  const now = clock.now();
  await inBatches((limit) => keyCreations.forgetSecretsBefore(now - secretKeptFor, limit));
  await inBatches((limit) => keyCreations.deleteBefore(now - creationKeptFor, limit));
};

const derive = async (master: MasterKey, request: KeyCreationRequest): Promise<DerivedKeys> => {
  const { callerId, operation, path, body, idempotencyKey } = request;
  const salt = await master.derive(32, 'minting');
  const material = await crypto.subtle.importKey('raw', utf8(idempotencyKey.toLowerCase()), 'HKDF', false, [
    'deriveBits',
    'deriveKey',
  ]);
  const parameters = (label: string) => ({ name: 'HKDF', hash: 'SHA-256', salt, info: joined(label, callerId) });
  const bits = async (label: string) =>
    new Uint8Array(await crypto.subtle.deriveBits(parameters(label), material, 256));
  const fingerprinting = await hmacKey(await bits('fingerprint'));
  const content = joined(operation, path, JSON.stringify(canonical(body)));
  return {
    masterKeyId: master.id,
    tag: base64url(await bits('look-up')),
    fingerprint: base64url(new Uint8Array(await crypto.subtle.sign('HMAC', fingerprinting, content))),
    sealing: await crypto.subtle.deriveKey(parameters('sealing'), material, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
  };
};
