import type { Profile } from '@ai-cockpit/sdk';

/** `avatar-save` before a picture is saved, cancelable; `avatar-saved` after. The picture itself is not in it. */
export class AvatarSaveEvent extends Event {
  /** As it is before, or now. */
  readonly profile: Profile;

  constructor(type: 'avatar-save' | 'avatar-saved', profile: Profile) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'avatar-save' });
    this.profile = profile;
  }
}

/** `avatar-remove` before the picture is removed, cancelable; `avatar-removed` after. */
export class AvatarRemoveEvent extends Event {
  /** As it is before, or now. */
  readonly profile: Profile;

  constructor(type: 'avatar-remove' | 'avatar-removed', profile: Profile) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'avatar-remove' });
    this.profile = profile;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'avatar-save': AvatarSaveEvent;
    'avatar-saved': AvatarSaveEvent;
    'avatar-remove': AvatarRemoveEvent;
    'avatar-removed': AvatarRemoveEvent;
  }
}
