import type { CallOptions, VersionOptions } from '../call.js';
import type { Changes } from '../changes.js';
import { getProfile, type Profile, updateProfile } from '../contract/endpoints/profile.js';
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

  async get(options: CallOptions = {}): Promise<Profile> {
    const identified = this.#changes.identify();
    const profile = await this.#transport.request(getProfile, options);
    identified(profile.id);
    return profile;
  }

  update(patch: ProfilePatch, options: VersionOptions): Promise<Profile> {
    return this.#transport.request(updateProfile, { ...options, body: patch });
  }
}
