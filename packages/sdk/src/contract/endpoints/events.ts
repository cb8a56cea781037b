import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { openEnum } from './values.js';

/** An event that the server has taken in. It is mailed once, however often it is published. */
export const AcceptedEvent = z.object({
  /** The `id` of the request. */
  id: z.string(),
  /**
   * The number of people a mail was queued for, with the first request of this `id`. Their settings and their access to
   * the subject are checked once more when the mail is sent. A backend that queues no mail itself may leave it out.
   */
  recipients: z.optional(z.number()),
  /**
   * Why there are no recipients; `null` where there are some. `unknown_subject`: no organization or person has this id.
   * `no_subscribers`: nobody who may see the subject has asked for mail about events of this type. Left out with
   * `recipients`.
   */
  reason: z.optional(z.nullable(openEnum(['unknown_subject', 'no_subscribers']))),
});
export type AcceptedEvent = z.output<typeof AcceptedEvent>;

export const publishEvent = endpoint({
  id: 'publishEvent',
  method: 'POST',
  path: '/integration/events',
  answer: AcceptedEvent,
  repeatable: true,
});
