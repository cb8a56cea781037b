import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { ConfigurationError } from '../config.js';
import { type EncryptionKey, encryptionKeys } from '../settings/kinds.js';
import { base64 } from '../values/bytes.js';
import { systemRandom } from '../ports/random.js';

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The file's text; written first, for its owner alone, where there is none. Two processes agree on one. */
const keptFile = async (
  path: string,
  make: () => string | Promise<string>,
): Promise<{ content: string; isNew: boolean }> => {
  try {
    return { content: readFileSync(path, 'utf8'), isNew: false };
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, await make(), { mode: 0o600 });
  try {
    // Unlike a rename, fails where another process was first.
    linkSync(draft, path);
    return { content: readFileSync(path, 'utf8'), isNew: true };
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return { content: readFileSync(path, 'utf8'), isNew: false };
  } finally {
    unlinkSync(draft);
  }
};

/** The demo's own encryption key, kept in the data directory. */
export const demoEncryptionKeys = async (
  dataDir: string,
): Promise<{ keys: EncryptionKey[]; path: string; isNew: boolean }> => {
  const path = join(dataDir, 'encryption.key');
  const { content, isNew } = await keptFile(path, () => `demo:${base64(systemRandom.bytes(32))}\n`);
  const reading = encryptionKeys.read(content.trim());
  if (!reading || 'reason' in reading) throw new ConfigurationError(`${path}: must be ${encryptionKeys.allowed}`);
  return { keys: reading.value, path, isNew };
};

export interface SigningKey {
  privateKey: CryptoKey;
  publicJwk: JWK;
}

const algorithm = 'ES256';

const privateJwk = (content: string): JWK | null => {
  try {
    // Written below, as a private key of this kind.
    const jwk = JSON.parse(content) as JWK;
    return jwk.kty === 'EC' && jwk.d && jwk.x && jwk.y ? jwk : null;
  } catch {
    return null;
  }
};

/** The key pair that the demo signs sessions with: kept, so that a restart signs nobody out. */
export const demoSigningKey = async (dataDir: string): Promise<SigningKey> => {
  const path = join(dataDir, 'sessions.key.json');
  const { content } = await keptFile(path, async () => {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    return JSON.stringify(await exportJWK(privateKey));
  });
  const jwk = privateJwk(content);
  if (!jwk) throw new ConfigurationError(`${path}: is not the key that the demo made: delete the file`);
  const { kty, crv, x, y } = jwk;
  const publicJwk = { kty, crv, x, y, alg: algorithm, kid: 'demo' } as JWK;
  return { privateKey: (await importJWK(jwk, algorithm)) as CryptoKey, publicJwk };
};
