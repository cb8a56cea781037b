import { relativeTime } from '@ai-cockpit/sdk';

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;

/** Makes what takes long to make, and is asked for in every cell of a table, once a locale. */
const onceALocale = <T>(make: (locale: string) => T) => {
  const made = new Map<string, T>();
  return (locale: string): T => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
};

const instants = onceALocale(
  (locale) => new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }),
);
const times = onceALocale(
  (locale) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }),
);
const days = onceALocale((locale) => new Intl.DateTimeFormat(locale, day));
const calendarDates = onceALocale((locale) => new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }));

/** An instant as a day and time in the person's zone. `2026-11-22T09:30:00Z` → "Nov 22, 2026, 10:30 AM GMT+1". */
export const instantText = (iso: string, locale: string): string => instants(locale).format(new Date(iso));

/** The time of an instant in the person's zone. `2026-11-22T09:30:00Z` → "10:30 AM GMT+1". */
export const timeText = (iso: string, locale: string): string => times(locale).format(new Date(iso));

/** A calendar date as that date, whatever the zone, or the day of an instant in the person's zone. */
export const dateText = (iso: string, locale: string): string =>
  (iso.length === 10 ? calendarDates : days)(locale).format(new Date(iso));

/** The language of a time, and the instant that it is relative to. */
interface TimeContext {
  readonly locale: string;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly now: () => number;
  text(id: 'justNow'): string;
}

/** How long ago: "3 hours ago". Never in the future, whatever the clock says. */
export const agoText = (iso: string, localizer: TimeContext): string => {
  const now = localizer.now();
  return now - Date.parse(iso) < 60_000 ? localizer.text('justNow') : relativeTime(iso, now, localizer.locale);
};

/** How long until an instant, or a calendar date: "in 2 days". Never in the past, whatever the clock says. */
export const untilText = (iso: string, { locale, now }: TimeContext): string =>
  relativeTime(iso, now(), locale, { isAhead: true });
