import type { AnswerBody } from './answer.js';
import { warnDeveloper } from './developer-warnings.js';
import { serverTimeOf } from './server-clock.js';

/** The version of a resource, or of one that was just created. */
const answerVersion = (answer: unknown): number | undefined => {
  const { version, apiKey } = (answer ?? {}) as { version?: number; apiKey?: { version: number } };
  return version ?? apiKey?.version;
};

/** Warns of missing headers: without them nothing fails at first, but features break later. */
export const warnOfHeaders = ({ url, headers }: AnswerBody, answer: unknown, isForUser: boolean): void => {
  const lacks = (name: string, why: string) => {
    const text = `${url} sends no ${name}, or does not list it in Access-Control-Expose-Headers: ${why}`;
    // One warning for each API.
    if (!headers.has(name)) warnDeveloper(text, `${name} ${new URL(url).origin}`);
  };
  lacks('X-Request-Id', 'no log entry can be found by it');
  lacks('Date', "the page goes by the clock of the person's computer");
  if (headers.has('Date') && Number.isNaN(serverTimeOf(headers)))
    warnDeveloper(`${url} sends a Date that is not now, as in RFC 9110`, `Date differs ${new URL(url).origin}`);
  if (isForUser) lacks('X-User-Id', 'an open page may show and change what is of somebody who signs in meanwhile');
  const version = answerVersion(answer);
  if (version === undefined) return;
  lacks('ETag', `for this answer it is "${version}"`);
  // A compressing proxy makes the tag weak, or appends to it.
  const tag = headers.get('etag')?.replace(/^W\//, '');
  if (tag && !new RegExp(`^"${version}\\b`).test(tag))
    warnDeveloper(`${url} sends another version in ETag than in its answer`, `ETag differs ${new URL(url).origin}`);
};
