import type { FieldError, Problem } from './contract/endpoints/problem.js';
import { warnDeveloper } from './developer-warnings.js';
import { decoded } from './percent-encoding.js';

type Members = Partial<Record<string, unknown>>;

const asMembers = (value: unknown): Members | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The segments of a JSON pointer (`/values/token`, `#/values/token`); nothing where it is none. */
const pointerSegments = (path: string): string[] | undefined => {
  if (!/^#?\//.test(path)) return undefined;
  const segments = path.startsWith('#') ? path.slice(2).split('/').map(decoded) : path.slice(1).split('/');
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
};

/** The segments of `values.token`, `$.values.token`, `$["values"].token`, `events[0]`. */
const dottedSegments = (path: string): string[] =>
  path
    .replace(/^[$#]/, '')
    .replace(/\[(?:"([^"]*)"|'([^']*)'|([^\]]*))\]/g, '.$1$2$3')
    .split('.')
    .filter(Boolean);

/** In characters. No path of the contract's requests is longer. */
const longestPath = 500;

/** The path of a field error in the contract's form, also from the forms of other validators. */
const readPath = (path: unknown): string => {
  const text = asText(path)?.slice(0, longestPath).trim();
  const segments =
    text === undefined
      ? Array.isArray(path)
        ? path.map(String)
        : []
      : (pointerSegments(text) ?? dottedSegments(text));
  // Some validators call the whole request `body`.
  return (segments.length > 1 && segments[0] === 'body' ? segments.slice(1) : segments).join('.');
};

/** `pointer` and `detail` are the names in RFC 9457's example. */
const readFieldError = (value: unknown): FieldError[] => {
  const { path, pointer, code, message, detail } = asMembers(value) ?? { message: value };
  if (asMembers(value) && path === undefined && pointer === undefined)
    warnDeveloper('An entry in the errors of a problem has no path: no field of a form is known to be meant');
  const text = asText(message) ?? asText(detail);
  const ownCode = asText(code) ?? '';
  if (!ownCode && text === undefined && path === undefined && pointer === undefined) return [];
  return [{ path: readPath(path ?? pointer), code: ownCode, ...(text !== undefined && { message: text }) }];
};

/** `[{ path, code, message }]`; some frameworks write `{ firstName: ['Say it'] }`. */
const readFieldErrors = (errors: unknown): FieldError[] | undefined => {
  if (Array.isArray(errors)) return errors.flatMap(readFieldError);
  const byPath = asMembers(errors);
  return (
    byPath &&
    Object.entries(byPath).flatMap(([path, messages]) =>
      [messages].flat().flatMap((message) => readFieldError({ path, message })),
    )
  );
};

/**
 * Reads a problem with tolerance: backends differ in the members that they leave out. `null` where the body is
 * something else, or contradicts the status of the answer.
 *
 * @param code The code for a problem that has none; without it, such a problem is `null`.
 */
export const readProblem = (body: string, status: number, code?: string): Problem | null => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  const { code: ownCode = code, errors, ...members } = asMembers(json) ?? {};
  if (typeof ownCode !== 'string' || Number(members.status ?? status) !== status) return null;
  const fieldErrors = readFieldErrors(errors);
  const detail = asText(members.detail);
  const requestId = asText(members.requestId);
  return {
    type: asText(members.type) ?? 'about:blank',
    title: asText(members.title) ?? '',
    status,
    code: ownCode,
    ...(detail !== undefined && { detail }),
    ...(requestId !== undefined && { requestId }),
    ...(fieldErrors && { errors: fieldErrors }),
    ...(typeof members.omittedErrors === 'number' && { omittedErrors: members.omittedErrors }),
  };
};
