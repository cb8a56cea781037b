import { type DemoInPage, startDemoInPage } from '@ai-cockpit/example-server/in-page';
import { type Cockpit, createCockpit } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { faults } from './faults.js';

/** The whole server, running in the page for one story. */
export interface StoryServer extends DemoInPage {
  /** A client of somebody, the same one each time. */
  as(person: string): Cockpit;
  /** The same person at another machine: a client that the others do not hear of, and no fault touches. */
  elsewhere(person: string): Cockpit;
}

/** The settings of a story’s server, from `parameters.server`. */
export interface ServerParameters {
  readonly policy?: HostPolicy;
  /** Fills the database through the API, as people would have. */
  readonly seed?: (server: StoryServer) => Promise<unknown>;
}

/** The person of a story without a session. */
const nobody = 'nobody';

/** A server of its own, with the demo's people and whatever `seed` adds. */
export const startStoryServer = async ({ policy = aiCockpitOne, seed }: ServerParameters): Promise<StoryServer> => {
  // Its own, as a page of documentation has many.
  const demo = await startDemoInPage(policy, `/${crypto.randomUUID()}/v1`);
  const clients = new Map<string, Cockpit>();
  const server: StoryServer = {
    ...demo,
    as: (person) => {
      const known = clients.get(person);
      if (known) return known;
      const connection = demo.connection(person);
      const client = createCockpit({
        ...connection,
        getAccessToken: () => (person === nobody ? null : connection.getAccessToken()),
        retry: { limit: 0 },
      });
      clients.set(person, client);
      return client;
    },
    elsewhere: (person) => {
      const client = createCockpit({ ...demo.connection(person), fetch: (request) => demo.fetch(request) });
      client.close();
      return client;
    },
    close: async () => {
      for (const client of clients.values()) client.close();
      await demo.close();
    },
  };
  await seed?.(server);
  return server;
};

/** The parts of Storybook’s story context that are used here. */
interface StoryContext {
  readonly id: string;
  readonly globals: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const running = new Map<string, { server: Promise<StoryServer>; fault?: unknown }>();

/** The server of a story. Drawn again, with other arguments or another theme, the story keeps it. */
export const serverFor = async ({ id, globals, parameters }: StoryContext): Promise<StoryServer> => {
  // Stories type it by `ServerParameters`; Storybook does not know.
  const wanted = (parameters.server ?? {}) as ServerParameters;
  const known = running.get(id) ?? { server: startStoryServer(wanted) };
  running.set(id, known);
  const server = await known.server;
  // The one chosen in the toolbar, until it is changed there: a play function may have set another.
  if (known.fault !== globals.fault) server.fault(faults[String(globals.fault)]?.fault);
  known.fault = globals.fault;
  return server;
};

/** Ends the server of a story that is left. */
export const endServerOf = async (id: string): Promise<void> => {
  const known = running.get(id);
  running.delete(id);
  await (await known?.server)?.close();
};
