import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import { inBatches } from '../store/batches.js';
import type { Records, Store } from '../store/store.js';
import { base64url, fromUtf8, joined, utf8, type Bytes } from '../values/bytes.js';
import { open, seal } from './envelope.js';
import { hmacKey, type Keyring, type MasterKey } from './keyring.js';
import { Refusal } from './refusal.js';

const minute = 60_000;
/** For how long a repeated request is given the secret again. */
const secretKeptFor = 10 * minute;
/** For how long a repeated request makes no second key. */
const mintingKeptFor = 24 * 60 * minute;

/** A request that makes a secret, by what tells it from another. */
export interface MintingRequest {
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

/** A minting request, ready to be looked up and kept. */
export interface MintingAttempt {
  request: MintingRequest;
  /** For each configured key, the current one first: what was minted under the last one is found under this one. */
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

const additionalData = ({ callerId, operation }: MintingRequest, apiKeyId: string): Bytes =>
  joined('minting', callerId, operation, apiKeyId);

/*
 * Minting is safe to repeat without keeping anything that a stolen database would tell a secret by: the look-up tag and the
 * sealing key come from the caller's Idempotency-Key and a key of this server, together.
 */

export const prepareMinting = async (
  { keyring }: { keyring: Keyring },
  request: MintingRequest,
): Promise<MintingAttempt> => {
  const [current, ...older] = await Promise.all(keyring.all.map((key) => derive(key, request)));
  if (!current) throw new Error('A keyring needs a key');
  return { request, derived: [current, ...older] };
};

/** The key that this same request created before. Call it in the transaction that holds the owner's lock. */
export const findReplay = async (
  { mintings }: Pick<Records, 'mintings'>,
  now: number,
  { request, derived }: MintingAttempt,
): Promise<Replay | null> => {
  const tags = derived.map(({ tag }) => tag);
  const minted = await mintings.find(tags, now - mintingKeptFor);
  if (!minted) return null;
  const keys = derived.find(({ tag }) => tag === minted.tag);
  if (!keys || keys.fingerprint !== minted.fingerprint) throw new Refusal('idempotency_mismatch');
  const { apiKeyId, sealed, remains } = minted;
  const isReturned = sealed && minted.createdAt > now - secretKeptFor;
  const secret = isReturned ? fromUtf8(await open(keys.sealing, additionalData(request, apiKeyId), sealed)) : null;
  return { apiKeyId, secret, deletedSnapshot: remains };
};

/** Call it in the transaction that adds the key. */
export const keepForReplay = async (
  { random }: { random: Random },
  { mintings }: Pick<Records, 'mintings'>,
  now: number,
  { request, derived }: MintingAttempt,
  apiKeyId: string,
  secret: string,
): Promise<void> => {
  const [{ masterKeyId, tag, fingerprint, sealing }] = derived;
  const sealed = await seal(random, sealing, masterKeyId, additionalData(request, apiKeyId), utf8(secret));
  const minting = { tag, apiKeyId, fingerprint, sealed, remains: null, createdAt: now };
  const isAdded = await mintings.add(minting, now - mintingKeptFor);
  // The same Idempotency-Key for another owner at the same moment: their locks did not keep the two apart.
  if (!isAdded) throw new Refusal('idempotency_in_flight', [], 1);
};

/** Deletes what is too old to be returned. */
export const deleteOldMintings = async ({
  store: { mintings },
  clock,
}: {
  store: Pick<Store, 'mintings'>;
  clock: Clock;
}): Promise<void> => {
  const now = clock.now();
  await inBatches((limit) => mintings.forgetSecretsBefore(now - secretKeptFor, limit));
  await inBatches((limit) => mintings.deleteBefore(now - mintingKeptFor, limit));
};

const derive = async (master: MasterKey, request: MintingRequest): Promise<DerivedKeys> => {
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
