import type { Profile } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { sharedAvatar } from '../connection/shared-clients.js';
import { ObjectUrlController } from './object-url-controller.js';
import { ReadController } from './read-controller.js';

/**
 * A person's avatar, as something to show. Its bytes are asked for by the client, as an `<img>` would send no access
 * token. Where they cannot be had, there is none: nothing waits for a picture, or fails for want of one.
 */
export class AvatarController {
  readonly #url: ObjectUrlController;
  /** `null` where the person has none. */
  readonly #picture: ReadController<Blob | null>;

  constructor(host: LitElement & ConnectedInterface, profile: () => Profile | undefined) {
    const url = () => profile()?.avatarUrl ?? null;
    this.#url = new ObjectUrlController(host);
    this.#picture = new ReadController<Blob | null>(host, {
      isOrganizationIndependent: true,
      dependencies: () => [url()],
      read: ({ client }) => {
        const present = url();
        return present === null ? Promise.resolve(null) : sharedAvatar(client, present);
      },
    });
  }

  /** For an `<img>`. */
  get src(): string | undefined {
    return this.#url.of(this.#picture.value ?? undefined);
  }
}
