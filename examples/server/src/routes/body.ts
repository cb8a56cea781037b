import { type Bytes, concatenate, fromUtf8 } from '../values/bytes.js';
import { ProblemError } from '../domain/problem-error.js';
import type { AcceptedBytes } from './handler.js';

const largestJson = 64 * 1024;
const deepest = 20;

const isJson = (mediaType: string): boolean => {
  const [type = '', ...parameters] = mediaType.toLowerCase().split(';');
  return (
    type.trim() === 'application/json' && parameters.every((parameter) => /^\s*charset="?utf-8"?\s*$/.test(parameter))
  );
};

/** Nothing here unpacks a body: compressed JSON is no JSON. */
const isPlain = (request: Request): boolean =>
  (request.headers.get('Content-Encoding') ?? 'identity').trim().toLowerCase() === 'identity';

const isPlainJson = (request: Request): boolean =>
  isPlain(request) && isJson(request.headers.get('Content-Type') ?? '');

/** A client that goes away, or is too slow, in the middle of its body is no failure of the server's. */
const readBytes = async (request: Request, largest: number): Promise<Bytes> => {
  try {
    return await readUpTo(request, largest);
  } catch (error) {
    throw error instanceof ProblemError ? error : new ProblemError('malformed');
  }
};

/** Stops at the limit, whatever the headers said of the length. */
const readUpTo = async (request: Request, largest: number): Promise<Bytes> => {
  if (Number(request.headers.get('Content-Length') ?? 0) > largest) throw new ProblemError('too_large');
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Firefox, in a page of which the server may run, gives a request's body as a whole only.
  const reader = (request.body ?? new Blob([await request.arrayBuffer()]).stream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenate(...chunks);
    length += value.length;
    // Not cancelled: that would close the connection before the answer is sent.
    if (length > largest) throw new ProblemError('too_large');
    chunks.push(value);
  }
};

/** Told from the text, before anything recursive gets to see the value. */
const isTooDeep = (json: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      if (++depth > deepest) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
};

const parse = (bytes: Uint8Array): unknown => {
  try {
    const text = fromUtf8(bytes);
    if (!isTooDeep(text)) return JSON.parse(text);
  } catch {
    // Neither the text nor the reason is worth repeating: both may hold what was meant to be secret.
  }
  throw new ProblemError('malformed');
};

/** The JSON of a request. A request with no body at all counts as one with no members. */
export const readJson = async (request: Request): Promise<unknown> => {
  const mediaType = request.headers.get('Content-Type');
  if (mediaType !== null && !isPlainJson(request)) throw new ProblemError('media_type_unsupported');
  const bytes = await readBytes(request, largestJson);
  if (mediaType === null && bytes.length) throw new ProblemError('media_type_unsupported');
  return mediaType === null ? {} : parse(bytes);
};

/**
 * The JSON of a request whose operation declares no body: at most an empty object. Many clients name a media type even
 * where they send nothing, so the type counts only with a body.
 */
export const readUndeclaredBody = async (request: Request): Promise<unknown> => {
  const bytes = await readBytes(request, largestJson);
  if (!bytes.length) return {};
  if (!isPlainJson(request)) throw new ProblemError('media_type_unsupported');
  return parse(bytes);
};

/** The bytes of a request, as what they are to be kept as. */
export const readBlob = async (request: Request, { mediaTypes, maxBytes, read }: AcceptedBytes): Promise<Blob> => {
  const type = request.headers.get('Content-Type')?.toLowerCase() ?? '';
  if (!mediaTypes.includes(type) || !isPlain(request)) throw new ProblemError('media_type_unsupported');
  return read(new Blob([await readBytes(request, maxBytes)], { type }));
};

/** Names that would reach an object's prototype if anything copied them: `__proto__`, at whatever depth. */
export const prototypePaths = (value: unknown, path: string[] = []): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const at = [...path, name];
    return name === '__proto__' ? [at.join('.')] : prototypePaths(member, at);
  });
};
