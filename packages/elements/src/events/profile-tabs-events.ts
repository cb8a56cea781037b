/** `profile-section-change` before another section is shown, cancelable; `profile-section-changed` after. */
export class ProfileSectionChangeEvent extends Event {
  readonly section: string;

  constructor(type: 'profile-section-change' | 'profile-section-changed', section: string) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'profile-section-change' });
    this.section = section;
  }
}

/** All that was typed on a page with one Save has been saved; the host may leave it. */
export class ProfilePageSavedEvent extends Event {
  constructor() {
    super('profile-page-saved', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'profile-section-change': ProfileSectionChangeEvent;
    'profile-section-changed': ProfileSectionChangeEvent;
    'profile-page-saved': ProfilePageSavedEvent;
  }
}
