const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.RelativeTimeFormat>();

/** A formatter takes long to create, and every row of a table needs one. */
const formatOf = (locale: string): Intl.RelativeTimeFormat => {
  const format = formats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  formats.set(locale, format);
  return format;
};

/** Counts the calendar days before the day of an instant, in a time zone or the one of this machine. */
const dayNumber = (at: number, timeZone?: string): number => {
  const date = new Date(at);
  // Swedish writes a date as YYYY-MM-DD.
  const midnight = timeZone
    ? Date.parse(new Intl.DateTimeFormat('sv', { timeZone }).format(date))
    : Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return midnight / day;
};

export interface RelativeTimeOptions {
  /** The zone whose calendar counts; by default the one of this machine. */
  readonly timeZone?: string;
  /** Returns nothing finer than days, such as "today": for texts that are read later than they are written. */
  readonly inDays?: boolean;
  /** Returns "now" or "today" for a past instant: for an end that the server says has not come yet. */
  readonly isAhead?: boolean;
}

/**
 * How far an instant, or a date `YYYY-MM-DD`, is from `now`, in words: within 24 hours in minutes and hours, then in
 * calendar days, from 60 days on in months, from two years on in years. So "yesterday" is always the day before.
 */
export const relativeTime = (
  at: string,
  now: number,
  locale: string,
  { timeZone, inDays = at.length === 10, isAhead = false }: RelativeTimeOptions = {},
): string => {
  const format = formatOf(locale);
  const least = isAhead ? 0 : -Infinity;
  const away = Math.max(least, Date.parse(at) - now);
  if (!inDays && Math.abs(away) < day) {
    if (Math.abs(away) >= hour) return format.format(Math.trunc(away / hour), 'hour');
    // Up to the end of the last minute there is a minute left.
    return format.format(away > 0 ? Math.ceil(away / minute) : Math.trunc(away / minute), 'minute');
  }
  const days = Math.max(
    least,
    (at.length === 10 ? Date.parse(at) / day : dayNumber(Date.parse(at), timeZone)) - dayNumber(now, timeZone),
  );
  if (Math.abs(days) < 60) return format.format(days, 'day');
  const months = Math.round(days / 30.44);
  return Math.abs(months) < 24 ? format.format(months, 'month') : format.format(Math.round(months / 12), 'year');
};

/** A waiting time in words, rounded up: 90 → "in 2 minutes". */
export const waitingTime = (seconds: number, locale: string): string => {
  const [unit, length] = (
    [
      ['hour', 3600],
      ['minute', 60],
      ['second', 1],
    ] as const
  ).find(([, length]) => seconds > length) ?? ['second', 1];
  return formatOf(locale).format(Math.max(1, Math.ceil(seconds / length)), unit);
};
