/**
 * Something failed behind what is shown, which stays as it was, or for a reason that only a developer can mend: for the
 * host to note. The error holds no secret.
 */
export class CockpitErrorEvent extends Event {
  readonly error: unknown;

  constructor(error: unknown) {
    super('cockpit-error', { bubbles: true, composed: true });
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cockpit-error': CockpitErrorEvent;
  }
}
