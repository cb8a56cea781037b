import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { mapOf, openEnum } from './values.js';

/**
 * A `secret` is a token or key, of visible ASCII: the white space copied along with it is removed. A `password` is kept
 * exactly as it was typed.
 */
export const providerFieldKinds = ['text', 'email', 'host', 'url', 'secret', 'password', 'choice'] as const;

/** One input that a provider asks for. A secret or password is write-only; every other value is shown again. */
export const ProviderField = z.object({
  id: z.string(),
  label: z.string(),
  kind: openEnum(providerFieldKinds),
  required: z.boolean(),
  hint: z.nullable(z.string()),
  placeholder: z.nullable(z.string()),
  /** Of a `choice`. */
  options: z.optional(z.array(z.object({ id: z.string(), label: z.string() }))),
  /**
   * Addresses from which the value is taken, `{}` standing for one part of a host's name or of a path:
   * `{ from: 'https://{}.kanbanize.com' }`. `to` says what becomes the value, `{}` where it is left out.
   */
  addresses: z.optional(z.array(z.object({ from: z.string(), to: z.optional(z.string()) }))),
  /** Of a `url`: whether it may have a port and a path. */
  path: z.optional(z.boolean()),
  /** Of a `url` with a path: the first part of a path that is a page of the product, so that the value ends before. */
  pages: z.optional(z.array(z.string())),
  /** Asked for only while another field has this value. */
  when: z.nullable(z.object({ field: z.string(), value: z.string() })),
});
export type ProviderField = z.output<typeof ProviderField>;

/** A service that agents reach on people's behalf, described so that any client can draw its form. */
export const Provider = z.object({
  id: z.string(),
  name: z.string(),
  /** The provider's own instructions for making a token. */
  guideUrl: z.nullable(z.string()),
  /** What people trip over, in one sentence. */
  hint: z.nullable(z.string()),
  fields: z.array(ProviderField),
  /**
   * The texts above in other languages, `{ locale: { id: text } }`. An id is where the text stands: `hint`,
   * `fields.site.label`, `fields.site.hint`, `fields.site.placeholder`, `fields.method.options.apiKey`.
   */
  messages: z.optional(mapOf(mapOf(z.string()))),
});
export type Provider = z.output<typeof Provider>;

export const listProviders = endpoint({
  id: 'listProviders',
  method: 'GET',
  path: '/providers',
  /** The whole catalogue at once: it is configuration, and short. */
  answer: z.object({ data: z.array(Provider) }),
});
