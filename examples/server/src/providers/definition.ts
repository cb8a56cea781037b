import { providerFieldKinds, visibleText } from '@ai-cockpit/sdk/contract';
import * as z from 'zod/mini';
import { isHostRule } from './hosts.js';

const succeeds = (attempt: () => unknown): boolean => {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
};

const text = (longest: number) => z.string().check(z.overwrite(visibleText), z.minLength(1), z.maxLength(longest));
const isPattern = (source: string) => succeeds(() => new RegExp(source, 'u'));
const isLanguageTag = (tag: string) => succeeds(() => Intl.getCanonicalLocales(tag));
const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:';

const id = z.string().check(z.regex(/^[a-zA-Z][a-zA-Z0-9]{0,49}$/, 'must be of letters and digits'));
const pattern = z.string().check(z.maxLength(500), z.refine(isPattern, 'must be a regular expression'));

const addressPattern = /^https:\/\/(?=[^{]*(?:\{\}[^{]*)?$)[a-z0-9.{}-]+(?:\/[A-Za-z0-9._~{}-]+)*$/;

// The comments of the members are the table of README.md: `pnpm exec vitest run provider-definition-readme -u`.
const Field = z.strictObject({
  /** The name in braces by which `requests` use the value: letters and digits, the first a letter. */
  id,
  /** The label of the input, in English. */
  label: text(100),
  /** [The kind of value](#kinds-of-fields). */
  kind: z.enum(providerFieldKinds),
  /** Whether it has to be filled in, while it is asked for. */
  required: z._default(z.boolean(), true),
  /** One sentence below the input. */
  hint: z._default(z.nullable(text(300)), null),
  /** An example in the empty input, which also stands where an address is refused. */
  placeholder: z._default(z.nullable(text(100)), null),
  /** Of a `choice`, and of no other kind: the answers. */
  options: z.optional(
    z
      .array(
        z.strictObject({
          /** The value, as conditions and templates name it. */
          id,
          /** The label of the answer, in English. */
          label: text(100),
        }),
      )
      .check(z.minLength(1)),
  ),
  /** Asked for only while another field has this value. */
  when: z._default(
    z.nullable(
      z.strictObject({
        /** The id of a `choice` before it. */
        field: id,
        /** The id of one of its options. */
        value: z.string(),
      }),
    ),
    null,
  ),
  /** A regular expression that the whole value must match; letter case is ignored. */
  pattern: z.optional(pattern),
  /** Of a `text` or `url`: addresses to take the value from when people paste one, the first that fits. */
  addresses: z.optional(
    z
      .array(
        z.strictObject({
          /** `https://{}.example.com/boards`, `{}` standing for one part of a host's name or of a path. */
          from: z.string().check(z.maxLength(300), z.regex(addressPattern, 'must be https://host/path with one {}')),
          /** The value, `{}` standing for the matched part. Without it, the matched part alone. */
          to: z.optional(z.string().check(z.minLength(1), z.maxLength(300))),
          /** Parts that are the product's own pages, such as `settings`, in lower case, and no value. */
          except: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(100)))),
        }),
      )
      .check(z.minLength(1)),
  ),
  /** Of a `url`: whether it may have a port and a path. */
  path: z.optional(z.boolean()),
  /** Of a `url` with a path: the first parts of the product's own pages, which are no part of the value. */
  pages: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(100)))),
});

/** A header's value, `{field}` standing for what was filled in; or the user and the password of the Basic scheme. */
const Header = z.union([
  z.string().check(z.maxLength(500), z.regex(/^[\x20-\x7e]+$/, 'must be of visible ASCII characters')),
  z.strictObject({ basic: z.tuple([z.string(), z.string()]) }),
]);

const HostRule = z.string().check(z.refine(isHostRule, 'must be a host, or .domain for all below'));

/**
 * One provider, as data: what people are told and asked, and what is made of their answers. The files beside this one
 * are such, and a host writes its own in the file that `PROVIDERS` names. Its parts have to agree: `ConsistentDefinition`.
 */
export const ProviderDefinition = z.strictObject({
  /** Its name in policies and requests: lower-case letters, digits and hyphens. Not one of those that ship. */
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'must be of lower-case letters, digits and hyphens')),
  /** As people know the provider. */
  name: text(100),
  /** The provider's own instructions for making a token: an `https:` address. */
  guideUrl: z._default(z.nullable(z.string().check(z.refine(isHttps, 'must be an https: URL'))), null),
  /** A common mistake, in one sentence. */
  hint: z._default(z.nullable(text(300)), null),
  /** Instructions and hint are shown only while a field has this value, as for one of two ways of signing in. */
  guideWhen: z._default(
    z.nullable(
      z.strictObject({
        /** The id of a `choice`. */
        field: id,
        /** The id of one of its options. */
        value: z.string(),
      }),
    ),
    null,
  ),
  /** The colour of its mark in lists and forms, `#rrggbb`. */
  color: z._default(z.nullable(z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour, #rrggbb'))), null),
  /** The letters in its mark, at most three; without them, the initials of its name. */
  monogram: z.optional(text(3)),
  /** An icon in the mark instead of letters: the `d` of one SVG path in a box of 24 × 24. */
  icon: z._default(
    z.nullable(
      z
        .string()
        .check(z.maxLength(5000), z.regex(/^[Mm][\d\s.,+MmLlHhVvCcSsQqTtAaZzEe-]*$/, 'must be the d of an SVG path')),
    ),
    null,
  ),
  /** The values that people are asked for, in the order of the form. One is a `secret` or `password`. */
  fields: z.array(Field).check(z.minLength(1)),
  /**
   * Where a `host` or `url` may lead: to these hosts or, with a dot in front, to those below. Without it, to any host
   * that the public Internet knows; one of a local network has to be named.
   */
  hosts: z.optional(z.array(HostRule).check(z.minLength(1))),
  /**
   * The requests of agents, `{field}` standing for what was filled in, `{field.host}` for the host of a `host` or `url`: the
   * first whose fields all have a value and whose condition holds. To change a field of the base URL, or of a
   * condition, people enter the secret again.
   */
  requests: z
    .array(
      z.strictObject({
        /** Only where the value of a `host` or `url` leads to one of these hosts, written as in `hosts`. */
        when: z.optional(
          z.strictObject({
            /** The id of the `host` or `url`. */
            field: id,
            /** The hosts, a dot in front standing for those below. */
            hosts: z.array(HostRule).check(z.minLength(1)),
          }),
        ),
        /** `https://host`, `https://{field of kind host}` or `{field of kind url}`, then a path of texts and choices. */
        baseUrl: z.string().check(z.maxLength(500)),
        /** By name: a text such as `Bearer {token}`, or `{ "basic": ["{user}", "{password}"] }`. */
        headers: z.record(z.string().check(z.regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')), Header),
        /** Of a provider whose APIs do not share the base URL: the address of each, by name, which begins with it. */
        endpoints: z.optional(
          z.record(
            z.string().check(z.regex(/^[a-z][a-zA-Z0-9]*$/, 'must be of letters and digits')),
            z.string().check(z.maxLength(500)),
          ),
        ),
      }),
    )
    .check(z.minLength(1)),
  /** A regular expression for its secrets, by which one in the wrong place is noticed: a hint, never a proof. */
  secretPattern: z.optional(pattern),
  /**
   * The texts in other languages, `{ locale: { id: text } }`, an id being where the text stands: `name`, `hint`,
   * `fields.site.label`, `fields.method.options.apiKey`.
   */
  messages: z._default(
    z.record(
      z.string().check(z.refine(isLanguageTag, 'must be a language tag, as en or pt-BR')),
      z.record(z.string(), text(300)),
    ),
    {},
  ),
});

/** As it is written. */
export type ProviderDefinition = z.input<typeof ProviderDefinition>;
/** As it was read, whatever was left out. */
export type ReadDefinition = z.output<typeof ProviderDefinition>;
