import { setSecretHeader } from './authentication.js';
import type { CallOptions } from './call.js';
import { type AcceptedEvent, publishEvent } from './contract/endpoints/events.js';
import type { HostEvent } from './contract/notifications.js';
import { readServiceToken } from './credentials.js';
import type { Secret } from './secret.js';
import { type ConnectionOptions, Transport } from './transport.js';

export interface ServiceOptions extends ConnectionOptions {
  /** One of the tokens whose hash stands in the server's `SERVICE_TOKENS`. */
  serviceToken: string | Secret;
}

/** A client for one of the host's own services. */
export class Service {
  readonly #transport: Transport;

  /** Throws a `CredentialFormatError` for a token that cannot be one: its `code` names what was found. */
  constructor({ serviceToken, ...connection }: ServiceOptions) {
    const secret = readServiceToken(serviceToken);
    this.#transport = new Transport(connection, (request, send) => {
      setSecretHeader(request.headers, 'authorization', `Bearer ${secret.reveal()}`);
      return send(request);
    });
  }

  /**
   * Mails an event to the people who asked for its type and may see its subject; once, however often the same `id` is
   * published. The answer has the number of recipients, and the reason if there are none.
   */
  publishEvent(event: HostEvent, options: CallOptions = {}): Promise<AcceptedEvent> {
    return this.#transport.request(publishEvent, { ...options, body: event });
  }
}

export const createService = (options: ServiceOptions): Service => new Service(options);
