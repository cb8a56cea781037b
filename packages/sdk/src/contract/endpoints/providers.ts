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
  /** The name of the value in `values`. */
  id: z.string(),
  /** The label of the input, in English; `messages` has other languages. */
  label: z.string(),
  /** The kind of value. A value of kind `secret` is write-only; every other one is shown again. */
  kind: openEnum(providerFieldKinds),
  /** Whether the field has to have a value, while it is asked for. */
  required: z.boolean(),
  /** One sentence below the input; `null` for none. */
  hint: z.nullable(z.string()),
  /** An example in the empty input; `null` for none. */
  placeholder: z.nullable(z.string()),
  /** The values of a `choice`; absent for other kinds. */
  options: z.optional(
    z.array(
      z.object({
        /** The value. */
        id: z.string(),
        /** The label of the option, in English. */
        label: z.string(),
      }),
    ),
  ),
  /**
   * Addresses from which the value is taken, `{}` standing for one part of a host’s name or of a path:
   * `{ from: 'https://{}.kanbanize.com' }`.
   */
  addresses: z.optional(
    z.array(
      z.object({
        /** The form of the address. */
        from: z.string(),
        /** The value, `{}` standing for the matched part; absent for `{}` alone. */
        to: z.optional(z.string()),
        /** Parts that are the product’s own pages, and no value. */
        except: z.optional(z.array(z.string())),
      }),
    ),
  ),
  /** Of a `url`: whether it may have a port and a path. */
  path: z.optional(z.boolean()),
  /** Of a `url` with a path: the first part of a path that is a page of the product, so that the value ends before. */
  pages: z.optional(z.array(z.string())),
  /** The field is asked for only while another field has this value; `null` for always. */
  when: z.nullable(
    z.object({
      /** The id of the other field. */
      field: z.string(),
      /** Its value. */
      value: z.string(),
    }),
  ),
});
export type ProviderField = z.output<typeof ProviderField>;

/** A service that agents reach on people’s behalf, described so that any client can draw its form. */
export const Provider = z.object({
  /** The value for `provider` in requests. */
  id: z.string(),
  /** The name of the service; `messages` has it in other languages. */
  name: z.string(),
  /** The provider’s own instructions for creating a token, an `https:` address; `null` for none. */
  guideUrl: z.nullable(z.string()),
  /** A common mistake, in one sentence; `null` for none. */
  hint: z.nullable(z.string()),
  /** Guide and hint are shown only while a field has this value, as for one of two ways of signing in; else always. */
  guideWhen: z.optional(
    z.nullable(
      z.object({
        /** The id of the field. */
        field: z.string(),
        /** Its value. */
        value: z.string(),
      }),
    ),
  ),
  /** The colour of its mark, `#rrggbb`; `null` or absent for none. */
  color: z.optional(z.nullable(z.string())),
  /** One to three letters for its mark, as the initials of its name; absent for the first letter. */
  monogram: z.optional(z.string()),
  /** Its icon, for the mark: the `d` of one SVG path in a box of 24 × 24; `null` or absent for the monogram. */
  icon: z.optional(z.nullable(z.string())),
  /** The inputs, in the order shown. */
  fields: z.array(ProviderField),
  /**
   * The texts above in other languages, `{ locale: { id: text } }`. An id is where the text stands: `name`, `hint`,
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
  answer: z.object({
    /** In the order of the policies that offer them. */
    data: z.array(Provider),
  }),
});
