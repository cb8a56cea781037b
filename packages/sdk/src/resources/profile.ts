import type { CallOptions, VersionOptions } from '../call.js';
import { getProfile, type Profile, updateProfile } from '../contract/endpoints/profile.js';
import type { ProfilePatch } from '../contract/profile.js';
import type { Transport } from '../transport.js';

/** The signed-in person. */
export class ProfileResource {
  readonly #transport: Transport;
  readonly #onRead: (profile: Profile) => void;

  constructor(transport: Transport, onRead: (profile: Profile) => void) {
    this.#transport = transport;
    this.#onRead = onRead;
  }

  async get(options: CallOptions = {}): Promise<Profile> {
    const profile = await this.#transport.request(getProfile, options);
    this.#onRead(profile);
    return profile;
  }

  update(patch: ProfilePatch, options: VersionOptions): Promise<Profile> {
    return this.#transport.request(updateProfile, { ...options, body: patch });
  }
}
