import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { demoPeople, fillDirectory } from '../demo/people.js';
import type { Fault } from './faults.js';
import { type InPageServer, startInPage } from './server.js';

/** Everything that a client needs to call the server as one person. */
interface Connection {
  readonly baseUrl: string;
  getAccessToken(): string | null;
  fetch(request: Request): Promise<Response>;
}

export interface DemoInPage extends InPageServer {
  /** Signs somebody in: what their client is made with. Its requests go through the present fault. */
  connection(person: string): Connection;
  /** Stands before the server from now on, until another one or none does. */
  fault(present?: Fault): void;
  /** This person's session is refused from now on. */
  lapse(person: string): void;
  /** This person has signed in again. */
  renew(person: string): void;
}

const claimsOf = (id: string) => {
  const { firstName, lastName, email } = demoPeople.find((person) => person.id === id) ?? {
    firstName: id,
    lastName: 'Nobody',
    email: `${id}@example.com`,
  };
  return { subject: id, loginName: id, firstName, lastName, email };
};

/** A server of its own for one story or test, with the demo's people and organizations, and faults on demand. */
export const startDemoInPage = async (policy: HostPolicy, basePath?: string): Promise<DemoInPage> => {
  const server = await startInPage(policy, basePath);
  await fillDirectory(server.store);

  let fault: Fault | undefined;
  const tokens = new Map<string, string>();
  const send = (request: Request) => server.fetch(request);
  const signIn = (person: string) => void tokens.set(person, server.session(claimsOf(person)));

  return {
    ...server,
    connection: (person) => {
      signIn(person);
      return {
        baseUrl: server.baseUrl,
        getAccessToken: () => tokens.get(person) ?? null,
        fetch: (request) => (fault ? fault(request, send) : send(request)),
      };
    },
    fault: (present) => {
      fault = present;
    },
    lapse: (person) => {
      const token = tokens.get(person);
      if (token) server.endSession(token);
    },
    renew: signIn,
  };
};
