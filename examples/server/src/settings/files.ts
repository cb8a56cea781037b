import { shown } from './shown.js';
import { readTextFile } from './text-file.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no file',
  ENOTDIR: 'there is no file',
  EISDIR: 'there is a folder, not a file, at',
  EACCES: 'this process may not read the file',
  EPERM: 'this process may not read the file',
  NOT_A_FILE: 'there is a pipe or device, not a file, at',
  TOO_LARGE: 'there is a file of more than 1 MB at',
  NOT_UTF_8: 'there is text that is not UTF-8 in',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

/** Why a file could not be read. */
export const fileFault = (error: unknown, path: string): string => {
  const code = codeOf(error);
  return `${reasons[code] ?? `(${code}) there is a file that cannot be read,`} ${shown(path)}`;
};

/** Where JSON breaks off. The error's own text is left out: it repeats a part of the file, which may be a wrong one. */
const jsonFault = (error: unknown, text: string): string => {
  const message = error instanceof Error ? error.message : '';
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: the file is not JSON from here on`;
};

/** A JSON file of the host's. */
export const readJsonFile = (path: string): { document: unknown } | { fault: string } => {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    return { fault: fileFault(error, path) };
  }
  try {
    return { document: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    return { fault: jsonFault(error, text) };
  }
};
