import { type InPageServer, startInPage } from '@ai-cockpit/example-server/in-page';
import { type Cockpit, createCockpit } from '@ai-cockpit/sdk';
import type { HostPolicy, Role } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';

/** Stands between a client and the server: may answer itself, wait, fail, or change what came back. */
export type Fault = (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;

const people: Record<string, { firstName: string; lastName: string; roles: Record<string, Role> }> = {
  ana: { firstName: 'Ana', lastName: 'Almeida', roles: { acme: 'administrator', globex: 'member' } },
  bruno: { firstName: 'Bruno', lastName: 'Bauer', roles: { acme: 'manager' } },
  carla: { firstName: 'Carla', lastName: 'Costa', roles: { acme: 'member' } },
  dora: { firstName: 'Dora', lastName: 'Dahl', roles: { globex: 'manager' } },
  eve: { firstName: 'Eve', lastName: 'Evans', roles: { acme: 'viewer' } },
};
export type Person = keyof typeof people;

const claimsOf = (id: string) => {
  const { firstName, lastName } = people[id] ?? { firstName: id, lastName: 'Nobody' };
  return { subject: id, loginName: id, firstName, lastName, email: `${id}@example.com` };
};

/** A server of its own for one test, with the demo's people. */
export const startServer = async (policy: HostPolicy = aiCockpitOne) => {
  const server: InPageServer = await startInPage(policy);
  const { directory } = server.store;
  await directory.addOrganization({ id: 'acme', name: 'Acme' });
  await directory.addOrganization({ id: 'globex', name: 'Globex' });
  for (const [id, { roles }] of Object.entries(people)) {
    for (const [organizationId, role] of Object.entries(roles)) await directory.setMembership(id, organizationId, role);
  }

  let fault: Fault | undefined;
  const tokens = new Map<string, string>();
  const send = (request: Request) => server.fetch(request);

  return {
    ...server,
    /** A client of this person, whose requests go through the present fault. */
    client: (person: string): Cockpit => {
      tokens.set(person, server.session(claimsOf(person)));
      return createCockpit({
        baseUrl: server.baseUrl,
        getAccessToken: () => tokens.get(person) ?? null,
        fetch: (request) => (fault ? fault(request, send) : send(request)),
        retry: { limit: 0 },
      });
    },
    /** From now on, until another one or none is set. */
    fault: (present?: Fault): void => {
      fault = present;
    },
    /** This person's session is refused from now on. */
    lapse: (person: string): void => {
      const token = tokens.get(person);
      if (token) server.endSession(token);
    },
    /** This person has signed in again. */
    renew: (person: string): void => {
      tokens.set(person, server.session(claimsOf(person)));
    },
  };
};

export type TestServer = Awaited<ReturnType<typeof startServer>>;

/** The server cannot be reached. */
export const offline: Fault = () => Promise.reject(new TypeError('Failed to fetch'));

/** Answers with this status and no contract. */
export const status =
  (code: number): Fault =>
  () =>
    Promise.resolve(new Response('', { status: code }));

/** Does what is asked, and the answer is lost on its way back. */
export const answerLost: Fault = async (request, next) => {
  await next(request);
  throw new TypeError('Failed to fetch');
};

/** Holds every request back until `release` is called. */
export const held = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const fault: Fault = async (request, next) => {
    await promise;
    return next(request);
  };
  return { fault, release: resolve };
};
