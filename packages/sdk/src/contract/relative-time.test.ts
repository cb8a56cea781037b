import { describe, expect, it } from 'vitest';
import { relativeTime, waitingTime } from './relative-time.js';

const now = Date.parse('2026-11-29T12:00:00Z');
const hours = (count: number) => new Date(now + count * 3_600_000).toISOString();
const days = (count: number) => hours(24 * count);
const inUtc = (at: string, from = now) => relativeTime(at, from, 'en', { timeZone: 'UTC' });

describe('a time relative to now', () => {
  it.each([
    [hours(-0.5), '30 minutes ago'],
    [hours(-1.9), '1 hour ago'],
    [hours(-23), '23 hours ago'],
    [hours(-24), 'yesterday'],
    [hours(-35), 'yesterday'],
    [hours(-37), '2 days ago'],
    [hours(-47), '2 days ago'],
    [days(-31), '31 days ago'],
    [days(-59), '59 days ago'],
    [days(-60), '2 months ago'],
    [days(-364), '12 months ago'],
    [days(-730), '2 years ago'],
    [hours(0.25), 'in 15 minutes'],
    [hours(0.001), 'in 1 minute'],
    [hours(25), 'tomorrow'],
    [hours(47), 'in 2 days'],
    [days(90), 'in 3 months'],
    ['2026-11-29', 'today'],
    ['2026-11-30', 'tomorrow'],
    ['2026-12-06', 'in 7 days'],
  ])('%s: %s', (at, text) => {
    expect(inUtc(at)).toBe(text);
  });

  it('counts calendar days in the given time zone', () => {
    const evening = Date.parse('2026-11-29T23:00:00Z');
    const at = '2026-12-01T10:00:00Z';
    expect(relativeTime(at, evening, 'en', { timeZone: 'UTC' })).toBe('in 2 days');
    expect(relativeTime(at, evening, 'en', { timeZone: 'Asia/Tokyo' })).toBe('tomorrow');
    expect(relativeTime(at, evening, 'en', { timeZone: 'America/New_York' })).toBe('in 2 days');
  });

  it('a future time is never said to be past, whatever clock and calendar say', () => {
    const ahead = { timeZone: 'Pacific/Kiritimati', isAhead: true };
    expect(relativeTime('2026-11-29', now, 'en', ahead)).toBe('today');
    expect(relativeTime(hours(-30), now, 'en', ahead)).toBe('this minute');
    expect(relativeTime('2026-11-30', now, 'en', { ...ahead, timeZone: 'Pacific/Honolulu' })).toBe('tomorrow');
    const lateInHonolulu = Date.parse('2026-11-30T22:00:00Z');
    expect(relativeTime('2026-11-30', lateInHonolulu, 'en', { ...ahead, timeZone: 'Pacific/Honolulu' })).toBe('today');
  });

  it('with days as the finest unit: hours are not said', () => {
    expect(relativeTime(hours(5), now, 'en', { timeZone: 'UTC', inDays: true })).toBe('today');
    expect(relativeTime(hours(13), now, 'en', { timeZone: 'UTC', inDays: true })).toBe('tomorrow');
  });

  it('uses the given language', () => {
    expect(['pt-BR', 'es', 'ja'].map((locale) => relativeTime(hours(-47), now, locale, { timeZone: 'UTC' }))).toEqual([
      'anteontem',
      'anteayer',
      '一昨日',
    ]);
  });
});

describe('a time to wait', () => {
  it.each([
    [0.2, 'in 1 second'],
    [1, 'in 1 second'],
    [60, 'in 60 seconds'],
    [61, 'in 2 minutes'],
    [90, 'in 2 minutes'],
    [120, 'in 2 minutes'],
    [3601, 'in 2 hours'],
  ])('of %s seconds is rounded up: %s', (seconds, text) => {
    expect(waitingTime(seconds, 'en')).toBe(text);
  });
});
