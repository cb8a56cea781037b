import type { ApiKey, NewApiKey } from '@ai-cockpit/sdk';

/** Before a key is created; `preventDefault()` keeps it from being created. */
export class ApiKeyCreateEvent extends Event {
  readonly request: NewApiKey;

  constructor(request: NewApiKey) {
    super('api-key-create', { bubbles: true, composed: true, cancelable: true });
    this.request = request;
  }
}

/** After a key is created. Its value is for the person's eyes alone, and not in here. */
export class ApiKeyCreatedEvent extends Event {
  readonly apiKey: ApiKey;

  constructor(apiKey: ApiKey) {
    super('api-key-created', { bubbles: true, composed: true });
    this.apiKey = apiKey;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'api-key-create': ApiKeyCreateEvent;
    'api-key-created': ApiKeyCreatedEvent;
  }
}
