import * as z from 'zod/mini';
import { endpoint } from '../operation.js';

/** An event that the server has taken in. It is mailed once, however often it is published. */
export const AcceptedEvent = z.object({
  /** The `id` of the request. */
  id: z.string(),
});
export type AcceptedEvent = z.output<typeof AcceptedEvent>;

export const publishEvent = endpoint({
  id: 'publishEvent',
  method: 'POST',
  path: '/integration/events',
  answer: AcceptedEvent,
  repeatable: true,
});
