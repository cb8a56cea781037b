import { readFileSync, statSync } from 'node:fs';

/** In bytes; the largest setting is a policy with wording of its own in several languages. */
const largest = 1024 * 1024;

/** A file that no setting can be read from. */
class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
  /** As the errors of the system have one. */
  readonly code: 'NOT_A_FILE' | 'TOO_LARGE' | 'NOT_UTF_8';

  constructor(code: UnusableFile['code']) {
    super(code);
    this.code = code;
  }
}

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnusableFile('NOT_UTF_8');
  }
};

/**
 * The text of a file that a setting names. A pipe may never end, and a device has no end; bytes that are no UTF-8 would all
 * be read as the same character, so that most of a secret would be lost unseen.
 */
export const readTextFile = (path: string): string => {
  const stats = statSync(path);
  if (!stats.isFile() && !stats.isDirectory()) throw new UnusableFile('NOT_A_FILE');
  if (stats.size > largest) throw new UnusableFile('TOO_LARGE');
  return decode(readFileSync(path));
};
