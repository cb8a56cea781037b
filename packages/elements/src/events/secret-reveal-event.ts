/** An event of a shown secret; never carries the secret. */
export class SecretRevealEvent extends Event {
  /** The page was left before the person had stored the secret. */
  readonly isLost: boolean;

  constructor(type: 'secret-copied' | 'secret-copy-failed' | 'secret-dismiss' | 'secret-dismissed', isLost = false) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'secret-dismiss' });
    this.isLost = isLost;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'secret-copied': SecretRevealEvent;
    'secret-copy-failed': SecretRevealEvent;
    'secret-dismiss': SecretRevealEvent;
    'secret-dismissed': SecretRevealEvent;
  }
}
