import * as z from 'zod/mini';

/** No control characters and none that override the direction of text: they forge log lines and spoof names. */
const plainCharacters = z.regex(/^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u, 'characters');

/** An opaque identifier. */
export const Id = z.string().check(z.minLength(1), z.maxLength(200));

/** An identifier of the host's own making, which is kept. */
export const HostId = Id.check(plainCharacters);

/** 1–100 characters, trimmed and NFC. */
export const Name = z.string().check(z.trim(), z.normalize('NFC'), z.minLength(1), z.maxLength(100), plainCharacters);

/** 0–100 characters, trimmed and NFC: whether there has to be one is the policy's. */
export const PersonName = z.string().check(z.trim(), z.normalize('NFC'), z.maxLength(100), plainCharacters);

/** 0–500 characters, trimmed and NFC. */
export const Description = z.string().check(z.trim(), z.normalize('NFC'), z.maxLength(500), plainCharacters);

/** What kind of thing has happened, as in `job.completed`. */
export const EventType = z.string().check(z.maxLength(100), z.regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/));

/** A host's short alias for a provider token, by which agents ask for it. */
export const Code = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,49}$/));

export const Email = z.string().check(z.trim(), z.maxLength(254), z.email());
