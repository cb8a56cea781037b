import type { CallOptions, VersionOptions } from '../call.js';
import type { Changes } from '../changes.js';
import {
  getAvatar,
  getProfile,
  type Profile,
  removeAvatar,
  setAvatar,
  updateProfile,
} from '../contract/endpoints/profile.js';
import type { ProfilePatch } from '../contract/profile.js';
import type { Transport } from '../transport.js';

/** The signed-in person. */
export class ProfileResource {
  readonly #transport: Transport;
  readonly #changes: Changes;

  constructor(transport: Transport, changes: Changes) {
    this.#transport = transport;
    this.#changes = changes;
  }

  /** Of whoever is signed in, also where that was somebody else before. */
  get(options: CallOptions = {}): Promise<Profile> {
    return this.#changes.identify(
      () => this.#transport.request(getProfile, options),
      ({ id }) => id,
    );
  }

  update(patch: ProfilePatch, options: VersionOptions): Promise<Profile> {
    return this.#transport.request(updateProfile, { ...options, body: patch });
  }

  /** The picture itself; a `NotFoundError` where there is none, which `avatarUrl` tells beforehand. */
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
