import type { apiKey } from './en/api-key.js';
import type { apiKeys } from './en/api-keys.js';
import type { conflicts } from './en/conflicts.js';
import type { lists } from './en/lists.js';
import type { organizations } from './en/organizations.js';
import type { profile } from './en/profile.js';
import type { providerTokens } from './en/provider-tokens.js';
import type { roles } from './en/roles.js';
import type { secret } from './en/secret.js';
import type { sections } from './en/sections.js';
import { shared } from './en/shared.js';

type Texts = typeof shared &
  typeof apiKey &
  typeof apiKeys &
  typeof conflicts &
  typeof lists &
  typeof organizations &
  typeof profile &
  typeof providerTokens &
  typeof roles &
  typeof secret &
  typeof sections;

export type MessageId = keyof Texts;
/** What every element has, and so what a view may say whoever draws it. */
export type SharedId = keyof typeof shared;

type PlaceholdersIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;
type Given<Id extends MessageId> = Exclude<PlaceholdersIn<Texts[Id]>, 'noun' | 'nouns'>;
type Values<Id extends MessageId> = [Given<Id>] extends [never] ? [] : [Record<Given<Id>, string | number>];

/** The ids of counted texts: each stands for one entry a plural category. */
type CountedId<Id> = Id extends `${infer Stem}.other` ? Stem : never;

/** What an element that has a list can say. */
export type ListId = keyof typeof lists;

/** What can be said of two people's changes. */
export type ConflictId = keyof typeof conflicts;

/** What the elements for provider tokens can say. */
export type ProviderTokenId = keyof typeof providerTokens;

/** What ids that differ in their end have in common. */
type StemOf<Id> = Id extends `${infer First}.${infer Rest}` ? First | `${First}.${StemOf<Rest>}` : never;

export type Catalogue = Readonly<Record<string, string>>;

const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));

/**
 * Texts in one language, with the host's own wording over ours. `Own` are the ids that it has beside
 * those that every element has: one that has more of them does where fewer are asked for.
 */
export class Localizer<in Own extends MessageId = never> {
  readonly locale: string;
  readonly #catalogue: Catalogue;
  readonly #noun: 'apiKey' | 'apiToken';

  constructor(
    locale: string,
    texts: Readonly<Record<Own, string>>,
    wording: Catalogue = {},
    noun: 'apiKey' | 'apiToken' = 'apiKey',
  ) {
    this.locale = locale;
    this.#catalogue = { ...shared, ...texts, ...wording };
    this.#noun = noun;
  }

  text<Id extends Own | SharedId>(id: Id, ...[values]: Values<Id>): string {
    return this.#fill(id, values ?? {});
  }

  /** What one of several values is called; a value that this version does not know, by itself. */
  term(stem: StemOf<Own | SharedId>, value: string): string {
    return this.#catalogue[`${stem}.${value}`] ? this.#fill(`${stem}.${value}`, {}) : value;
  }

  /** A text that depends on a count, also given to it as `{count}`. */
  counted(id: CountedId<Own>, count: number): string {
    const category = new Intl.PluralRules(this.locale).select(count);
    return this.#fill(this.#catalogue[`${id}.${category}`] ? `${id}.${category}` : `${id}.other`, {
      count: new Intl.NumberFormat(this.locale).format(count),
    });
  }

  #fill(id: string, values: Readonly<Record<string, string | number>>): string {
    const text = this.#catalogue[`${id}@${this.#noun}`] ?? this.#catalogue[id] ?? id;
    return fill(text, {
      noun: this.#catalogue[`noun.${this.#noun}`] ?? '',
      nouns: this.#catalogue[`noun.${this.#noun}.plural`] ?? '',
      ...values,
    });
  }
}
