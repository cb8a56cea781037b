import { EventType, HostId, Name } from '@ai-cockpit/sdk/contract';
import type { Hono } from 'hono';
import * as z from 'zod/mini';
import { base64url } from '../values/bytes.js';
import { newId } from '../domain/ids.js';
import { sha256 } from '../domain/keyring.js';
import { ProblemError } from '../domain/problem-error.js';
import type { Clock } from '../ports/clock.js';
import { systemRandom } from '../ports/random.js';
import { readJson } from '../routes/body.js';
import type { ServiceToken } from '../ports/service-token.js';
import { fieldErrorsOf } from '../routes/field-errors.js';
import { problemResponse } from '../routes/problems.js';
import type { Product } from '../products.js';

/** A host application of the demo, with a token that nobody else knows. */
export interface DemoApplication {
  token: string;
  service: ServiceToken;
}

export const createDemoApplication = async (): Promise<DemoApplication> => {
  const token = base64url(systemRandom.bytes(32));
  return { token, service: { name: 'demo', hash: await sha256(token) } };
};

const Happening = z.strictObject({
  type: EventType,
  title: z._default(Name, 'Demand forecast'),
  /** All of Acme, unless it is said. */
  subject: z._default(HostId, 'organization:acme'),
});

export interface DemoEventsOptions {
  product: Product;
  application: DemoApplication;
  /** Where the host's page is. */
  profileUrl: string;
  clock: Clock;
}

/** Adds the route that publishes an event of the demo's host application by a request to the API, as a host does. */
export const addDemoEvents = (root: Hono, { product, application, profileUrl, clock }: DemoEventsOptions): void => {
  root.post(`/${product.name}/demo/events`, async (context) => {
    const id = newId(systemRandom);
    try {
      const json = await readJson(context.req.raw);
      const happening = Happening.safeParse(json);
      if (!happening.success) throw new ProblemError('invalid', fieldErrorsOf(happening.error.issues, json));
      const event = { id, ...happening.data, occurredAt: new Date(clock.now()).toISOString(), link: profileUrl };
      const published = new Request(new URL(`/${product.name}/v1/integration/events`, context.req.url), {
        method: 'POST',
        headers: { Authorization: `Bearer ${application.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(event),
      });
      return await product.app.fetch(published, context.env);
    } catch (error) {
      if (error instanceof ProblemError) return problemResponse(error.code, id, { fieldErrors: error.fieldErrors });
      throw error;
    }
  });
};
