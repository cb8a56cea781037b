import { CockpitError, ContractError, warnDeveloper } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import { CockpitErrorEvent } from '../events/cockpit-error-event.js';

/** The last error that each element reported: one failure may stop several of its reads. */
const told = new WeakMap<LitElement, unknown>();

/**
 * Tells the host, and once the console, of an error that only a developer can mend: people are not told what it is. Of
 * an error that is not ours no more than its class, as its text may hold anything.
 *
 * @returns whether it is such an error
 */
export const warnOfError = (element: LitElement, error: unknown): boolean => {
  const isForeign = !(error instanceof CockpitError);
  if (!isForeign && !(error instanceof ContractError)) return false;
  if (told.get(element) === error) return true;
  told.set(element, error);
  const what = isForeign
    ? `failed with ${error instanceof Error ? error.name : typeof error}, which is not of the SDK: getAccessToken may have thrown it`
    : `shows an error. ${error.message}`;
  warnDeveloper(
    `<${element.localName}> ${what}. The event cockpit-error carries it.`,
    isForeign ? what : error.message,
  );
  element.dispatchEvent(new CockpitErrorEvent(error));
  return true;
};
