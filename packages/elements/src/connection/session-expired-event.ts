import { UnauthenticatedError } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';

/** The session has ended and could not be renewed: the host signs the person in again. What was typed is still there. */
export class CockpitSessionExpiredEvent extends Event {
  constructor() {
    super('cockpit-session-expired', { bubbles: true, composed: true });
  }
}

/** What each element has last told of: one failure may stop several of its readings. */
const told = new WeakMap<LitElement, unknown>();

/** Tells the host, once the element says so too, that the session has ended, where that is what the error says. */
export const reportLapse = async (element: LitElement, error: unknown): Promise<void> => {
  if (!(error instanceof UnauthenticatedError) || told.get(element) === error) return;
  told.set(element, error);
  element.requestUpdate();
  await element.updateComplete;
  element.dispatchEvent(new CockpitSessionExpiredEvent());
};

declare global {
  interface GlobalEventHandlersEventMap {
    'cockpit-session-expired': CockpitSessionExpiredEvent;
  }
}
