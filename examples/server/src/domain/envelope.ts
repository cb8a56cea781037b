import type { Random } from '../ports/random.js';
import { type Bytes, concatenate, fromUtf8, utf8 } from '../values/bytes.js';

/*
 * version (1 byte) · length of the key's id (1) · the key's id · nonce (12) · AES-256-GCM ciphertext with its tag.
 * All before the nonce is authenticated too, together with what the envelope belongs to: moved elsewhere, it stays shut.
 */
const version = 1;
const nonceLength = 12;

/** An envelope that is damaged, moved or sealed under a key that is gone. Says nothing of its content. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

const header = (keyId: string): Bytes => {
  const id = utf8(keyId);
  return concatenate(new Uint8Array([version, id.length]), id);
};

export const seal = async (
  random: Random,
  key: CryptoKey,
  keyId: string,
  belongsTo: Bytes,
  content: Bytes,
): Promise<Bytes> => {
  const head = header(keyId);
  const iv = random.bytes(nonceLength);
  const additionalData = concatenate(head, belongsTo);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, content);
  return concatenate(head, iv, new Uint8Array(sealed));
};

/** The id of the key that opens an envelope. */
export const keyIdOf = (envelope: Uint8Array): string => {
  const length = envelope[1];
  if (envelope[0] !== version || length === undefined || envelope.length < 2 + length + nonceLength)
    throw new EnvelopeError('The envelope is not one of this version');
  try {
    return fromUtf8(envelope.subarray(2, 2 + length));
  } catch {
    throw new EnvelopeError('The envelope is damaged');
  }
};

export const open = async (key: CryptoKey, belongsTo: Bytes, envelope: Uint8Array): Promise<Bytes> => {
  const head = header(keyIdOf(envelope));
  const iv = new Uint8Array(envelope.subarray(head.length, head.length + nonceLength));
  const additionalData = concatenate(head, belongsTo);
  const content = new Uint8Array(envelope.subarray(head.length + nonceLength));
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, content));
  } catch {
    throw new EnvelopeError('The envelope did not open');
  }
};
