import type { NewApiKey } from '@ai-cockpit/sdk';
import { createIntegration } from '@ai-cockpit/sdk/integration';
import { jiraToken } from './seeds.js';
import type { StoryServer } from './story-server.js';

const day = 86_400_000;
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** Lets somebody do something as if it were so many days ago. */
const ago = async <T>(server: StoryServer, days: number, act: () => Promise<T>): Promise<T> => {
  server.advance(-days * day);
  const done = await act();
  server.advance(days * day);
  return done;
};

const create = (server: StoryServer, person: string, key: NewApiKey, daysAgo: number) =>
  ago(server, daysAgo, async () => {
    const { apiKey, secret } = await server.as(person).apiKeys.create(key);
    return { id: apiKey.id, secret };
  });

/** Keys of each member of Acme, as people make them for themselves: in use, expired, revoked. */
export const everybodysKeys = async (server: StoryServer): Promise<void> => {
  const { id } = await create(server, 'bruno', { name: 'Old laptop' }, 240);
  await server.as('bruno').apiKeys.revoke(id);
  await create(server, 'carla', { name: 'Workshop', expiresAt: dateIn(-11) }, 40);
  const used = await create(server, 'bruno', { name: 'Release pipeline' }, 75);
  if (used.secret) {
    const fetch = (request: Request) => server.fetch(request);
    await createIntegration({ baseUrl: server.baseUrl, fetch, apiKey: used.secret }).whoAmI();
  }
  await create(server, 'ana', { name: 'Quarterly report', expiresAt: dateIn(200) }, 21);
  await create(server, 'carla', { name: 'Notebook', expiresAt: dateIn(30) }, 3);
  await create(server, 'eve', { name: 'Dashboard' }, 1);
};

/** More than one page of them. */
export const manyOfEverybody = async (server: StoryServer): Promise<void> => {
  const people = ['ana', 'bruno', 'carla', 'eve'];
  for (let number = 40; number > 0; number -= 1) {
    const name = `Sync job ${String(number).padStart(2, '0')}`;
    await create(server, people[number % people.length] ?? 'ana', { name }, number);
  }
};

/** Some weeks of an organization: what people did, what agents asked for, and what was refused. */
export const someActivity = async (server: StoryServer): Promise<void> => {
  const as = (person: string) => server.as(person).organization('acme');
  await ago(server, 90, () => server.as('ana').profile.get());
  await ago(server, 60, () => as('ana').providerTokens.create(jiraToken));
  const { apiKey, secret } = await ago(server, 45, () =>
    as('bruno').apiKeys.create({ description: 'Support agent', module: 'agents' }),
  );
  if (!secret) return;
  const agent = createIntegration({
    baseUrl: server.baseUrl,
    fetch: (request) => server.fetch(request),
    apiKey: secret,
  });
  const ask = (provider: string, purpose: string) =>
    agent.leaseCredential({ provider, purpose }).catch(() => undefined);
  await ago(server, 20, () => ask('jira', 'Weekly report of the support team'));
  await ago(server, 8, () => ask('servicenow', 'Open incidents'));
  await ago(server, 2, () => as('ana').apiKeys.revoke(apiKey.id, { reason: 'Found in a public repository' }));
  await ago(server, 1, () => agent.whoAmI().catch(() => undefined));
  const { version } = await server.as('ana').profile.get();
  await server.as('ana').profile.update({ lastName: 'Souza Prado' }, { version });
};

/** More than one page of it. */
export const muchActivity = async (server: StoryServer): Promise<void> => {
  for (let number = 40; number > 0; number -= 1) {
    const name = `Board ${String(number).padStart(2, '0')}`;
    await ago(server, number, () =>
      server.as('ana').providerTokens.create({ ...jiraToken, name, code: `b-${number}` }),
    );
  }
};

const unbroken = 'Donaudampfschifffahrtsgesellschaftskapitän';

/** Names as long as people make them. */
export const longActivity = async (server: StoryServer): Promise<void> => {
  const owned = server.as('ana').organization('acme');
  await owned.providerTokens.create({ ...jiraToken, name: unbroken.repeat(2) });
  const reason = 'It stood in a file that every team of the company could read for a while. '.repeat(5);
  const { apiKey } = await owned.apiKeys.create({ description: unbroken.repeat(4) });
  await owned.apiKeys.revoke(apiKey.id, { reason });
};
