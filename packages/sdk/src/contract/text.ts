import * as z from 'zod/mini';
import { isBlank } from './input/blank.js';
import { longestText } from './input/characters.js';
import { readEmail } from './input/email.js';
import { isTimeZone } from './input/time-zone.js';
import { visibleText } from './input/visible-text.js';

/** No control characters and none that override the direction of text: they forge log lines and spoof names. */
const plainCharacters = z.regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u, 'characters');

/** Aborts the checks, so that no regular expression or parser reads a text that is too long. */
export const atMost = (length: number) => z.maxLength(length, { abort: true });

/** An opaque identifier, 1–200 characters. Clients compare it and put it into paths, percent-encoded. */
export const Id = z.string().check(z.minLength(1), atMost(200));

/** An identifier of the host’s own making, 1–200 characters, without control characters. */
export const HostId = Id.check(plainCharacters);

/** Refuses a text without a visible character, such as marks without a letter. */
const withSomethingToSee = z.check<string>(({ value, issues }) => {
  if (value !== '' && isBlank(value))
    issues.push({ code: 'invalid_format', format: 'regex', message: 'characters', input: value, continue: true });
});

// Text that people write is normalized by `visibleText`. Lengths count UTF-16 code units, as `maxlength` does in HTML,
// so that client and server agree; JSON Schema counts code points, of which there are never more.
const trimmedText = [atMost(longestText), z.overwrite(visibleText)] as const;
const visibleCharacters = [plainCharacters, withSomethingToSee] as const;

/**
 * 1–100 characters (UTF-16 code units), of which one can be seen: trimmed, NFC, without invisible characters, control
 * characters or characters that override the direction of text.
 */
export const Name = z.string().check(...trimmedText, z.minLength(1), atMost(100), ...visibleCharacters);

/** 0–100 characters, trimmed and NFC. Whether it may be empty is the policy’s decision (`required`). */
export const PersonName = z.string().check(...trimmedText, atMost(100), ...visibleCharacters);

/** 0–500 characters, trimmed and NFC, without control characters or characters that override the direction of text. */
export const Description = z.string().check(...trimmedText, atMost(500), ...visibleCharacters);

/** 0–100 characters to look for. */
export const SearchText = z.string().check(...trimmedText, atMost(100));

/** The kind of an event, as in `job.completed`: lower-case words, joined by `.`, `_` or `-`; at most 100 characters. */
export const EventType = z.string().check(atMost(100), z.regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/));

/** The IANA name of a time zone that this machine knows: `Europe/Berlin`, at most 100 characters. */
export const TimeZone = z.string().check(
  atMost(100),
  z.check(({ value, issues }) => {
    if (!isTimeZone(value)) issues.push({ code: 'invalid_format', format: 'time zone', input: value, continue: true });
  }),
);

/**
 * A short alias for a provider token, by which agents ask for it: lower-case letters, digits and hyphens, at most 50.
 */
export const Code = z.string().check(...trimmedText, atMost(50), z.regex(/^[a-z0-9][a-z0-9-]{0,49}$/));

/**
 * An e-mail address, trimmed, at most 254 characters: the local part as in RFC 6531, the domain one of the public
 * Internet, in any script.
 */
export const Email = z.string().check(
  z.overwrite((text) => readEmail(text)?.address ?? text),
  // Does not abort: in a union, the error of an aborted branch would only say that the form is wrong.
  z.maxLength(254),
  z.check(({ value, issues }) => {
    if (value.length <= 254 && !readEmail(value))
      issues.push({ code: 'invalid_format', format: 'email', input: value, continue: true });
  }),
);
