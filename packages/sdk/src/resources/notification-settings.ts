import type { CallOptions, VersionOptions } from '../call.js';
import {
  getNotificationSettings,
  type NotificationSettings,
  updateNotificationSettings,
} from '../contract/endpoints/notifications.js';
import type { NotificationSettingsPatch } from '../contract/notifications.js';
import type { Transport } from '../transport.js';

/** The signed-in person's settings for notifications by mail. */
export class NotificationSettingsResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get(options: CallOptions = {}): Promise<NotificationSettings> {
    return this.#transport.request(getNotificationSettings, options);
  }

  update(patch: NotificationSettingsPatch, options: VersionOptions): Promise<NotificationSettings> {
    return this.#transport.request(updateNotificationSettings, { ...options, body: patch });
  }
}
