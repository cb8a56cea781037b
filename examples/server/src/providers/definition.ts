import { providerFieldKinds } from '@ai-cockpit/sdk/contract';
import * as z from 'zod/mini';
import { faultsIn } from './definition-faults.js';
import { isHostRule } from './hosts.js';

const succeeds = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};

const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));
const isPattern = (source: string) => succeeds(() => new RegExp(source, 'u'));
const isLanguageTag = (tag: string) => succeeds(() => Intl.getCanonicalLocales(tag));
const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:';

const id = z.string().check(z.regex(/^[a-zA-Z][a-zA-Z0-9]{0,49}$/, 'must be of letters and digits'));
const pattern = z.string().check(z.maxLength(500), z.refine(isPattern, 'must be a regular expression'));

const Field = z.strictObject({
  id,
  label: text(100),
  kind: z.enum(providerFieldKinds),
  required: z._default(z.boolean(), true),
  hint: z._default(z.nullable(text(300)), null),
  placeholder: z._default(z.nullable(text(100)), null),
  /** Of a `choice`. */
  options: z.optional(z.array(z.strictObject({ id, label: text(100) })).check(z.minLength(1))),
  /** Asked for only while another field has this value. */
  when: z._default(z.nullable(z.strictObject({ field: id, value: z.string() })), null),
  /** What the whole of a value must match, in any letter case. */
  pattern: z.optional(pattern),
  /** Of a `url`: whether it may have a port and a path. */
  path: z._default(z.boolean(), false),
});

/** A header's value, `{field}` standing for what was filled in; or the user and the password of the Basic scheme. */
const Header = z.union([
  z.string().check(z.maxLength(500), z.regex(/^[\x20-\x7e]+$/, 'must be of visible ASCII characters')),
  z.strictObject({ basic: z.tuple([z.string(), z.string()]) }),
]);

/**
 * One provider, as data: what people are told and asked, and what is made of their answers. The files beside this one
 * are such, and a host writes its own in the file that `PROVIDERS` names.
 */
export const ProviderDefinition = z
  .strictObject({
    id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'must be of lower-case letters, digits and hyphens')),
    name: text(100),
    /** The provider's own instructions for making a token. */
    guideUrl: z._default(z.nullable(z.string().check(z.refine(isHttps, 'must be an https: URL'))), null),
    /** What people trip over, in one sentence. */
    hint: z._default(z.nullable(text(300)), null),
    fields: z.array(Field).check(z.minLength(1)),
    /**
     * Where a `host` or `url` may lead: to these hosts or, with a dot in front, to those below. Without it, to any host
     * that the public Internet knows; one of a local network has to be named.
     */
    hosts: z.optional(
      z.array(z.string().check(z.refine(isHostRule, 'must be a host, or .domain for all below'))).check(z.minLength(1)),
    ),
    /**
     * What is sent, `{field}` standing for what was filled in: the first whose fields all have a value. Whoever changes
     * a field of the base URL has to know the secret.
     */
    requests: z
      .array(
        z.strictObject({
          baseUrl: z.string().check(z.maxLength(500)),
          headers: z.record(z.string().check(z.regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')), Header),
        }),
      )
      .check(z.minLength(1)),
    /** What its secrets look like, where they can be told: a hint, never a proof. */
    secretPattern: z.optional(pattern),
    /**
     * The texts in other languages, `{ locale: { id: text } }`, an id being where the text stands: `hint`,
     * `fields.site.label`, `fields.method.options.apiKey`.
     */
    messages: z._default(
      z.record(z.string().check(z.refine(isLanguageTag, 'must be a language tag')), z.record(z.string(), text(300))),
      {},
    ),
  })
  .check(
    z.check(({ value, issues }) => {
      for (const { path, message } of faultsIn(value)) issues.push({ code: 'custom', input: value, path, message });
    }),
  );

/** As it is written. */
export type ProviderDefinition = z.input<typeof ProviderDefinition>;
/** As it was read, whatever was left out. */
export type ReadDefinition = z.output<typeof ProviderDefinition>;
