/** The session has ended and could not be renewed: the host signs the person in again. What was typed is still there. */
export class CockpitSessionExpiredEvent extends Event {
  /** Another element on the same client has told of it already; `<cockpit-client>` lets only the first one through. */
  readonly repeated: boolean;

  constructor(repeated: boolean) {
    super('cockpit-session-expired', { bubbles: true, composed: true });
    this.repeated = repeated;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cockpit-session-expired': CockpitSessionExpiredEvent;
  }
}
