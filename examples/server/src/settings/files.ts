import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { suggestion } from '../documents/near-match.js';
import { shown } from '../documents/shown.js';
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

/** The file that was probably meant, or the folder that is missing. */
const instead = (path: string): string => {
  const folder = dirname(path);
  try {
    return suggestion(basename(path), readdirSync(folder));
  } catch {
    return `, as there is no folder ${shown(folder)}`;
  }
};

/** Why a file could not be read. */
export const fileFault = (error: unknown, path: string): string => {
  const code = codeOf(error);
  const reason = `${reasons[code] ?? `(${code}) there is a file that cannot be read,`} ${shown(path)}`;
  return code === 'ENOENT' ? reason + instead(path) : reason;
};

/** Whether JSON may go on like this. */
const isBeginningOfJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, position] = /position (\d+)/.exec(message) ?? [];
    return /end of JSON input|Unterminated/.test(message) || Number(position) === text.length;
  }
};

/** Where JSON breaks off. The error's own text has no position for some faults, and repeats a part of the file. */
const jsonFault = (text: string): string => {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginningOfJson(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const before = text.slice(0, good).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: the file is not JSON from here on`;
};

/** A JSON file of the host's. */
export const readJsonFile = (path: string): { document: unknown } | { fault: string } => {
  let text: string;
  try {
    text = readTextFile(path).replace(/^\uFEFF/, '');
  } catch (error) {
    return { fault: fileFault(error, path) };
  }
  try {
    return { document: JSON.parse(text) as unknown };
  } catch {
    return { fault: jsonFault(text) };
  }
};
