import type { Catalogue } from '../providers/catalogue.js';
import { secretErrors } from './secret-guard.js';

/** Browsers name several products for the sake of old servers; the first of these that is among them is the right one. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

/** A product's name as most programs have it, without its version. */
const firstProduct = /^([A-Za-z][\w.-]{0,39})(?:[/ ]|$)/;

/**
 * The program that sends a request, by its own account in `User-Agent`: "curl", "python-requests", "Firefox". `null` where
 * it names none, or something else than a name.
 */
export const productIn = (catalogue: Catalogue, userAgent: string | null): string | null => {
  const text = (userAgent ?? '').slice(0, 500);
  const [, name = null] = firstProduct.exec(text) ?? [];
  if (name === 'Mozilla') return browsers.find(([token]) => text.includes(` ${token}/`))?.[1] ?? null;
  return name !== null && secretErrors(catalogue, { name }).length === 0 ? name : null;
};
