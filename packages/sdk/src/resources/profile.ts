import type { CallOptions, VersionOptions } from '../call.js';
import {
  getAvatar,
  getProfile,
  type Profile,
  removeAvatar,
  setAvatar,
  updateProfile,
} from '../contract/endpoints/profile.js';
import type { ProfilePatch } from '../contract/profile.js';
import type { SessionUser } from '../session-user.js';
import type { Transport } from '../transport.js';

/** The signed-in person. */
export class ProfileResource {
  readonly #transport: Transport;
  readonly #user: SessionUser;

  constructor(transport: Transport, user: SessionUser) {
    this.#transport = transport;
    this.#user = user;
  }

  /** The profile of the person who is signed in now, also where somebody else was before. */
  get(options: CallOptions = {}): Promise<Profile> {
    return this.#user.identify(
      () => this.#transport.request(getProfile, options),
      ({ id }) => id,
    );
  }

  update(patch: ProfilePatch, options: VersionOptions): Promise<Profile> {
    return this.#transport.request(updateProfile, { ...options, body: patch });
  }

  /** Returns the picture, or rejects with a `NotFoundError` if there is none: `avatarUrl` is `null` then. */
  avatar(options: CallOptions = {}): Promise<Blob> {
    return this.#transport.request(getAvatar, options);
  }

  /** @param picture PNG, JPEG or WebP, its `type` saying which, within the limits of the policy. */
  setAvatar(picture: Blob, options: VersionOptions): Promise<Profile> {
    return this.#transport.request(setAvatar, { ...options, body: picture });
  }

  removeAvatar(options: VersionOptions): Promise<Profile> {
    return this.#transport.request(removeAvatar, options);
  }
}
