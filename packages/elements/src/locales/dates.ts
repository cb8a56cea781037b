const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;

const relativeUnits: readonly [Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** An instant as a day and time in the person's zone. `2026-11-22T09:30:00Z` → "Nov 22, 2026, 10:30 AM GMT+1". */
export const instantText = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).format(
    new Date(iso),
  );

/** A calendar date as that date, whatever the zone, or the day of an instant in the person's zone. */
export const dateText = (iso: string, locale: string): string => {
  const isCalendarDate = iso.length === 10;
  return new Intl.DateTimeFormat(locale, { ...day, ...(isCalendarDate && { timeZone: 'UTC' }) }).format(new Date(iso));
};

/** How long from now: 90 → "in 1 minute". Not in fractions of its unit. */
export const fromNowText = (seconds: number, locale: string): string => {
  const [unit, length] = relativeUnits.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / length), unit);
};

/** How long ago, or how long until: "3 hours ago", "in 2 days". */
export const relativeText = (iso: string, locale: string): string =>
  fromNowText((Date.parse(iso) - Date.now()) / 1000, locale);
