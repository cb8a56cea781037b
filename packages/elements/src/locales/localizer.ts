import { en } from './en.js';

export type MessageId = keyof typeof en;

type PlaceholdersIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;
type Given<Id extends MessageId> = Exclude<PlaceholdersIn<(typeof en)[Id]>, 'noun' | 'nouns'>;
type Values<Id extends MessageId> = [Given<Id>] extends [never] ? [] : [Record<Given<Id>, string | number>];

/** The ids of counted texts: each stands for one entry a plural category. */
export type CountedId = MessageId extends infer Id ? (Id extends `${infer Stem}.other` ? Stem : never) : never;

export type Catalogue = Readonly<Record<string, string>>;

const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));

const relativeUnits: readonly [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Texts, dates and numbers in one language, with the host's own wording over ours. */
export class Localizer {
  readonly locale: string;
  readonly #catalogue: Catalogue;
  readonly #noun: 'apiKey' | 'apiToken';

  constructor(locale: string, overrides: Catalogue = {}, noun: 'apiKey' | 'apiToken' = 'apiKey') {
    this.locale = locale;
    this.#catalogue = { ...en, ...overrides };
    this.#noun = noun;
  }

  text<Id extends MessageId>(id: Id, ...[values]: Values<Id>): string {
    return this.#fill(id, values ?? {});
  }

  /** A text that depends on a count, also given to it as `{count}`. */
  counted(id: CountedId, count: number): string {
    const category = new Intl.PluralRules(this.locale).select(count);
    return this.#fill(this.#catalogue[`${id}.${category}`] ? `${id}.${category}` : `${id}.other`, {
      count: new Intl.NumberFormat(this.locale).format(count),
    });
  }

  /** An instant as a day and time in the person's zone. `2026-11-22T09:30:00Z` → "Nov 22, 2026, 10:30 AM GMT+1". */
  instant(iso: string): string {
    return new Intl.DateTimeFormat(this.locale, {
      ...day,
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
    }).format(new Date(iso));
  }

  /** A calendar date as that date, whatever the zone, or the day of an instant in the person's zone. */
  date(iso: string): string {
    const isCalendarDate = iso.length === 10;
    return new Intl.DateTimeFormat(this.locale, { ...day, ...(isCalendarDate && { timeZone: 'UTC' }) }).format(
      new Date(iso),
    );
  }

  /** How long ago, or how long until: "3 hours ago", "in 2 days". */
  relative(iso: string, now = Date.now()): string {
    const seconds = (Date.parse(iso) - now) / 1000;
    const [unit, length] = relativeUnits.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
    return new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }).format(Math.trunc(seconds / length), unit);
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

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
