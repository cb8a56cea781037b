import type { Profile } from '@ai-cockpit/sdk';

/** `profile-save` before a profile is saved, cancelable; `profile-saved` after. */
export class ProfileSaveEvent extends Event {
  /** As it would be, or is now. */
  readonly profile: Profile;

  constructor(type: 'profile-save' | 'profile-saved', profile: Profile) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'profile-save' });
    this.profile = profile;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'profile-save': ProfileSaveEvent;
    'profile-saved': ProfileSaveEvent;
  }
}
