import { type Cockpit, UnauthenticatedError } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import { CockpitSessionExpiredEvent } from '../events/cockpit-session-expired-event.js';
import type { ConnectedInterface } from './connected.js';

/** Clients whose session has ended, until one of their calls succeeds. */
const expired = new WeakSet<Cockpit>();
/** The last error that each element reported: one failure may stop several of its reads. */
const told = new WeakMap<LitElement, unknown>();

/** Tells the host, once the element says so too, that the session has ended, where that is what the error says. */
export const reportSessionExpired = async (element: LitElement & ConnectedInterface, error: unknown): Promise<void> => {
  if (!(error instanceof UnauthenticatedError) || told.get(element) === error) return;
  told.set(element, error);
  const { client } = element.connection;
  const repeated = client !== undefined && expired.has(client);
  if (client) expired.add(client);
  element.requestUpdate();
  await element.updateComplete;
  element.dispatchEvent(new CockpitSessionExpiredEvent(repeated));
};

/** In the place of an error whose cause is over: the person has signed in again, and can go on. */
export class SessionRenewed {}

/** A call has succeeded: if the session ends after that, it is another one. */
export const clearSessionExpired = (client: Cockpit | undefined): void => {
  if (client) expired.delete(client);
};
