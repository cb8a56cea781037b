import { startDemoInPage } from '@ai-cockpit/example-server/in-page';
import { type Cockpit, createCockpit } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole } from '@ai-cockpit/sdk/presets';

export { answerLost, type Fault, held, offline, slow, status } from '@ai-cockpit/example-server/in-page';

/** Data that most elements can show. */
const withNotifications: HostPolicy = { ...aiCockpitOne, notifications: aipConsole.notifications };

/** A server of its own for one test, with the demo's people. */
export const startServer = async (policy: HostPolicy = withNotifications) => {
  const server = await startDemoInPage(policy);
  const clients = new Set<Cockpit>();
  /** As when their pages are closed: an open one hears who signs in, and asks the server who that is. */
  const closeClients = (): void => {
    for (const client of clients) client.close();
    clients.clear();
  };
  return {
    ...server,
    /**
     * A client of this person, whose requests go through the present fault. It tries nothing again by itself, and gives
     * up after `timeout` milliseconds, if that is given.
     */
    client: (person: string, timeout?: number): Cockpit => {
      const client = createCockpit({ ...server.connection(person), retry: { limit: 0 }, timeout });
      clients.add(client);
      return client;
    },
    closeClients,
    close: (): Promise<void> => {
      closeClients();
      return server.close();
    },
  };
};

export type TestServer = Awaited<ReturnType<typeof startServer>>;

/** Starts a server of its own for each test of a `describe`, ends it afterwards, and gives it to `use`. */
export const serverForEachTest = (use: (server: TestServer) => unknown, policy?: HostPolicy): void => {
  let server: TestServer | undefined;
  beforeEach(async () => {
    server = await startServer(policy);
    await use(server);
  });
  afterEach(async () => {
    server?.fault();
    await server?.close();
  });
};
