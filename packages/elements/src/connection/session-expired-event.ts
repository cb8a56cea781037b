/** The session has ended and could not be renewed: the host signs the person in again. What was typed is still there. */
export class CockpitSessionExpiredEvent extends Event {
  constructor() {
    super('cockpit-session-expired', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cockpit-session-expired': CockpitSessionExpiredEvent;
  }
}
