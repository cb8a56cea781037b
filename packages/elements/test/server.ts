import { startDemoInPage } from '@ai-cockpit/example-server/in-page';
import { type Cockpit, createCockpit } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole } from '@ai-cockpit/sdk/presets';

export { answerLost, type Fault, held, offline, slow, status } from '@ai-cockpit/example-server/in-page';

/** What most elements have something to show of. */
const withNotifications: HostPolicy = { ...aiCockpitOne, notifications: aipConsole.notifications };

/** A server of its own for one test, with the demo's people. */
export const startServer = async (policy: HostPolicy = withNotifications) => {
  const server = await startDemoInPage(policy);
  return {
    ...server,
    /** A client of this person, whose requests go through the present fault. */
    client: (person: string): Cockpit => createCockpit({ ...server.connection(person), retry: { limit: 0 } }),
  };
};

export type TestServer = Awaited<ReturnType<typeof startServer>>;
