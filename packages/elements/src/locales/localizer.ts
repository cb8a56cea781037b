import type { activity } from './en/activity.js';
import type { apiKey } from './en/api-key.js';
import type { apiKeySingle } from './en/api-key-single.js';
import type { apiKeys } from './en/api-keys.js';
import type { avatar } from './en/avatar.js';
import type { conflicts } from './en/conflicts.js';
import type { lists } from './en/lists.js';
import type { notifications } from './en/notifications.js';
import type { menu } from './en/menu.js';
import type { organizations } from './en/organizations.js';
import type { profile } from './en/profile.js';
import type { providerTokens } from './en/provider-tokens.js';
import type { secret } from './en/secret.js';
import type { sections } from './en/sections.js';
import { shared } from './en/shared.js';

type Texts = typeof shared &
  typeof activity &
  typeof apiKey &
  typeof apiKeySingle &
  typeof apiKeys &
  typeof avatar &
  typeof conflicts &
  typeof lists &
  typeof notifications &
  typeof menu &
  typeof organizations &
  typeof profile &
  typeof providerTokens &
  typeof secret &
  typeof sections;

export type MessageId = keyof Texts;
/** Ids of texts that every element has, and so every view may use. */
export type SharedId = keyof typeof shared;

/** The policy's noun for a key. */
export type Noun = 'apiKey' | 'apiToken';

export type PlaceholdersIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;
/** Values for every text: the noun, also capitalized. */
export type NounPlaceholder = 'noun' | 'nouns' | 'Noun' | 'Nouns';
/** Values that an element passes to a text. */
export type Given<Id extends MessageId> = Exclude<PlaceholdersIn<Texts[Id]>, NounPlaceholder>;
type Values<Id extends MessageId> = [Given<Id>] extends [never] ? [] : [Record<Given<Id>, string | number>];

/** The ids of counted texts: each stands for one entry a plural category. */
export type CountedId<Id> = Id extends `${infer Stem}.other` ? Stem : never;

/** Ids of texts for elements with a list. */
export type ListId = keyof typeof lists;

/** Ids of texts for conflicting edits. */
export type ConflictId = keyof typeof conflicts;

/** Ids of texts of the elements for provider tokens. */
export type ProviderTokenId = keyof typeof providerTokens;

/** The common beginning of ids that differ in their last part. */
type StemOf<Id> = Id extends `${infer First}.${infer Rest}` ? First | `${First}.${StemOf<Rest>}` : never;

/** Where a text of a provider or module stands: `provider.jira.hint`, `provider.jira.fields.site.label`, `module.agents`. */
export type GivenId = `provider.${string}` | `module.${string}`;

export type Catalogue = Readonly<Partial<Record<string, string>>>;

/** A host's own wording over ours, by language tag (`pt-BR`, or `pt` for all of them) and id. */
export interface Messages {
  readonly [tag: string]: { readonly [Id in MessageId | `${MessageId}@${Noun}` | GivenId]?: string };
}

export interface Wording<Own extends MessageId> {
  /** A BCP 47 tag, for `Intl` too. */
  readonly locale: string;
  /** The element's own texts in English. */
  readonly texts: Readonly<Record<Own, string>>;
  /** The translations that replace English. */
  readonly translation?: Catalogue | undefined;
  /** The host's texts, which replace both. */
  readonly messages?: Catalogue | undefined;
  readonly noun?: Noun | undefined;
  /** Milliseconds since the epoch, by the server's clock where that is known. */
  readonly now?: () => number;
  /** The page runs from right to left, which is not to change the order within a text that does not, or within a name. */
  readonly isRightToLeft?: boolean;
}

/**
 * Texts in one language, with the host's own wording over ours. `Own` are the ids that it has beside
 * those that every element has: one that has more of them does where fewer are asked for.
 */
export class Localizer<in Own extends MessageId = never> {
  readonly locale: string;
  /** Milliseconds since the epoch, by the server's clock where that is known. */
  readonly now: () => number;
  /** The host's wording, for an element in this one. */
  readonly messages: Messages;
  /** By precedence. */
  readonly #catalogues: readonly [host: Catalogue, ours: Catalogue];
  readonly #noun: Noun;
  readonly #isRightToLeft: boolean;

  constructor({
    locale,
    texts,
    translation,
    messages = {},
    noun = 'apiKey',
    now = () => Date.now(),
    isRightToLeft = false,
  }: Wording<Own>) {
    this.locale = locale;
    this.now = now;
    this.messages = { [locale]: messages };
    this.#catalogues = [messages, { ...shared, ...texts, ...translation }];
    this.#noun = noun;
    this.#isRightToLeft = isRightToLeft;
  }

  text<Id extends Own | SharedId>(id: Id, ...[values]: Values<Id>): string {
    return this.#fill(this.#find(id) ?? id, values);
  }

  /** The text for one of several values; an unknown value stands for itself. */
  term(stem: StemOf<Own | SharedId>, value: string, values?: Readonly<Record<string, string | number>>): string {
    return this.#fill(this.#find(`${stem}.${value}`) ?? value, values);
  }

  /** A text that came with the data; the host may have its own wording for it. */
  given(id: GivenId, text: string): string {
    return this.#fill(this.#catalogues[0][id] ?? text);
  }

  /** A text that depends on a count, also given to it as `{count}`. */
  counted(id: CountedId<Own>, count: number): string {
    const { locale } = this;
    const category = new Intl.PluralRules(locale).select(count);
    return this.#fill(this.#find(`${id}.${category}`) ?? this.#find(`${id}.other`) ?? id, {
      count: new Intl.NumberFormat(locale).format(count),
    });
  }

  #find(id: string): string | undefined {
    return this.#catalogues
      .map((texts) => texts[`${id}@${this.#noun}`] ?? texts[id])
      .find((text) => text !== undefined);
  }

  #fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
    const filled = text.replace(
      /\{(\w+)\}/g,
      (placeholder, name: string) => this.#nounAs(name) ?? this.#isolate(String(values[name] ?? placeholder)),
    );
    // A text that begins and ends with a letter needs no direction mark.
    return /^\p{L}.*\p{L}$/su.test(filled) ? filled : this.#isolate(filled);
  }

  /** `noun`, `nouns`, and either as it begins a sentence. */
  #nounAs(name: string): string | undefined {
    if (!/^[Nn]ouns?$/.test(name)) return undefined;
    const noun = this.#find(`noun.${this.#noun}${name.endsWith('s') ? '.plural' : ''}`) ?? '';
    return name.startsWith('N') ? noun.charAt(0).toLocaleUpperCase(this.locale) + noun.slice(1) : noun;
  }

  #isolate(text: string): string {
    return this.#isRightToLeft ? `\u2068${text}\u2069` : text;
  }
}
