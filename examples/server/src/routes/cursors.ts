import { base64url, equalInConstantTime, fromBase64url, fromUtf8, joined, utf8 } from '../values/bytes.js';
import type { Keyring, MasterKey } from '../domain/keyring.js';
import { ProblemError } from '../domain/problem-error.js';
import type { PageRequest, Position } from '../store/page.js';

interface ListQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
  q?: string | undefined;
  sort?: string | undefined;
}

const tagLength = 16;

export interface CursorContext {
  keyring: Keyring;
}

/** @param list Names the list: operation and owner. A cursor holds only for the list, search and sort that it was made for. */
export const readPageRequest = async (
  context: CursorContext,
  list: string[],
  { limit = 25, cursor, q = '', sort: requestedSort }: ListQuery,
  defaultSort = '-createdAt',
): Promise<PageRequest> => {
  const sort = requestedSort ?? defaultSort;
  const after = cursor === undefined ? null : await openCursor(context, cursor, [...list, q, sort]);
  return { limit, q, sort, after };
};

/** The cursor of the page that starts after a position. */
export const writeCursor = async (
  { keyring }: CursorContext,
  list: string[],
  { q, sort }: PageRequest,
  next: Position | null,
): Promise<string | null> => {
  if (!next) return null;
  const position = utf8(JSON.stringify([next.value, next.id]));
  const tag = await authenticate(keyring.current, [...list, q, sort], position);
  return `${base64url(position)}.${base64url(tag)}`;
};

const openCursor = async ({ keyring }: CursorContext, cursor: string, binding: string[]): Promise<Position> => {
  try {
    const [position, tag, ...more] = cursor.split('.').map(fromBase64url);
    if (position && tag && !more.length) {
      for (const key of keyring.all) {
        if (!equalInConstantTime(await authenticate(key, binding, position), tag)) continue;
        // Authentic, and so written by `writeCursor`.
        const [value, id] = JSON.parse(fromUtf8(position)) as [string | number, string];
        return { value, id };
      }
    }
  } catch {
    // Not even base64: forged like any other.
  }
  throw new ProblemError('cursor_invalid');
};

const authenticate = async (key: MasterKey, binding: string[], position: Uint8Array): Promise<Uint8Array> => {
  const tag = await key.authenticate('cursors', joined(...binding, base64url(position)));
  return tag.subarray(0, tagLength);
};
