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
}
