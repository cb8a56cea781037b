import type { Background } from '../ports/background.js';
import type { Clock } from '../ports/clock.js';
import type { Product } from '../products.js';

const day = 24 * 60 * 60 * 1000;

/** Tells the time, and for as long as a past is made up, an earlier one. */
export class DemoClock implements Clock {
  readonly #clock: Clock;
  #behind = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now() - this.#behind;
  }

  async daysAgo<T>(days: number, task: () => Promise<T>): Promise<T> {
    this.#behind = days * day;
    try {
      return await task();
    } finally {
      this.#behind = 0;
    }
  }
}

interface DemoKey {
  of: string;
  name: string;
  /** All in days before today. */
  made: number;
  ends?: number;
  used?: number;
  revoked?: number;
}

/** The API keys that each product of the demo starts with, if any. */
const keys: Readonly<Record<string, readonly DemoKey[]>> = {
  duplocloud: [
    { of: 'ana', name: 'Terraform', made: 120, used: 1 },
    { of: 'ana', name: 'Laptop', made: 30, ends: -60, used: 3 },
    { of: 'bruno', name: 'Build server', made: 200, ends: 20, used: 21 },
    { of: 'bruno', name: 'Release notes', made: 85, ends: -5, used: 2 },
    { of: 'carla', name: 'Notebook', made: 12 },
    { of: 'eve', name: 'Old laptop', made: 90, used: 45, revoked: 40 },
  ],
};

export interface DemoPast {
  product: Product;
  clock: DemoClock;
  background: Background;
  signIn: (user: string) => Promise<string>;
}

/** Makes up a past as people would have made it: over the API, by its rules. Nobody has been told the keys. */
export const makePast = async ({ product, clock, background, signIn }: DemoPast): Promise<void> => {
  const { app, name: productName } = product;
  const ask = async (path: string, headers: Record<string, string>, body?: object): Promise<unknown> => {
    const request = new Request(`http://localhost/${productName}/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    // As from this machine.
    const answer = await app.fetch(request, { incoming: { socket: { remoteAddress: '127.0.0.1' } } });
    if (!answer.ok) throw new Error(`The demo's past does not come about: ${path} ${answer.status}`);
    return answer.json();
  };
  const as = async (user: string) => ({ Authorization: `Bearer ${await signIn(user)}` });

  for (const { of, name, made, ends, used, revoked } of keys[productName] ?? []) {
    const expiresAt =
      ends === undefined ? {} : { expiresAt: new Date(clock.now() - ends * day).toISOString().slice(0, 10) };
    // The contract's answer to this operation.
    const { apiKey, secret } = (await clock.daysAgo(made, async () =>
      ask('/api-keys', { ...(await as(of)), 'Idempotency-Key': crypto.randomUUID() }, { name, ...expiresAt }),
    )) as { apiKey: { id: string }; secret: string };
    if (used !== undefined)
      await clock.daysAgo(used, async () => {
        await ask('/integration/whoami', { 'X-API-KEY': secret });
        await background.settled();
      });
    if (revoked !== undefined)
      await clock.daysAgo(revoked, async () => ask(`/api-keys/${apiKey.id}/revoke`, await as(of), {}));
  }
};
