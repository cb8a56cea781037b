import { createIntegration, type Integration } from '@ai-cockpit/sdk/integration';
import type { NewApiKey, NewProviderToken } from '@ai-cockpit/sdk';
import { portrait } from '../canvas/pictures.js';
import type { StoryServer } from './story-server.js';

const day = 86_400_000;
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);
const owned = (server: StoryServer) => server.as('ana').organization('acme');

/** Creates a key as Ana, so many days ago. */
const createKey = async (server: StoryServer, key: NewApiKey, daysAgo = 0): Promise<Integration | undefined> => {
  server.advance(-daysAgo * day);
  const { secret } = await owned(server)
    .apiKeys.create(key)
    .finally(() => server.advance(daysAgo * day));
  if (!secret) return undefined;
  return createIntegration({ baseUrl: server.baseUrl, fetch: (request) => server.fetch(request), apiKey: secret });
};

/** As it is on the first day. */
export const nothing = (): Promise<void> => Promise.resolve();

/** Keys as an organization has them after a while: in use, never used, soon to expire, expired. */
export const someKeys = async (server: StoryServer): Promise<void> => {
  await createKey(server, { description: 'Deployment pipeline' }, 210);
  const used = await createKey(server, { description: 'Nightly report', module: 'reports' }, 45);
  await used?.whoAmI();
  await createKey(server, { description: 'Migration of 2025', expiresAt: dateIn(-6) }, 30);
  await createKey(server, { description: 'Planning board', module: 'projects', expiresAt: dateIn(9) }, 12);
  await createKey(server, { description: 'Support agent', module: 'agents', expiresAt: dateIn(160) }, 2);
};

/** More than one page of keys. */
export const manyKeys = async (server: StoryServer): Promise<void> => {
  for (let number = 60; number > 0; number -= 1) {
    await createKey(server, { description: `Sync job ${String(number).padStart(2, '0')}` }, number);
  }
};

const unbroken = 'Donaudampfschifffahrtsgesellschaftskapitän';

/** Texts as long as people make them, with and without a place to break. */
export const longKeys = async (server: StoryServer): Promise<void> => {
  await createKey(server, { description: `${unbroken.repeat(4)}` }, 3);
  await createKey(server, {
    description: `The key that ${'the nightly and the weekly job of every team use '.repeat(3)}`,
  });
};

export const jiraToken: NewProviderToken = {
  provider: 'jira',
  name: 'Jira of the platform team',
  code: 'jira',
  description: 'Reads and comments; ask Ana.',
  values: { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'not-a-real-token' },
};

const azureToken: NewProviderToken = {
  provider: 'azure-devops',
  name: 'Azure DevOps',
  code: 'azure-devops',
  values: { organization: 'acme', token: 'not-a-real-token' },
};

/** One token of the organization and one of Ana's own. */
export const someTokens = async (server: StoryServer): Promise<void> => {
  await owned(server).providerTokens.create(jiraToken);
  await server.as('ana').providerTokens.create(azureToken);
};

/** Where tokens have no name: one of Ana's own. */
export const namelessTokens = async (server: StoryServer): Promise<void> => {
  const { provider, values } = azureToken;
  await server.as('ana').providerTokens.create({ provider, values });
};

/** The same, and one of the organization for another provider. */
export const bothOwnersTokens = async (server: StoryServer): Promise<void> => {
  await namelessTokens(server);
  const { provider, values } = jiraToken;
  await owned(server).providerTokens.create({ provider, values });
};

export const longTokens = async (server: StoryServer): Promise<void> => {
  await owned(server).providerTokens.create({ ...jiraToken, name: unbroken.repeat(2), code: 'a'.repeat(40) });
  await server.as('ana').providerTokens.create({
    ...azureToken,
    name: 'The one that the migration to the new boards of all the teams in Europe needs',
  });
};

const longName = { firstName: unbroken.repeat(2), lastName: 'Nepomuceno Cipriano de la Santísima Trinidad' };

/** A profile with long names. */
export const longNames = async (server: StoryServer): Promise<void> => {
  const { profile } = server.as('ana');
  const { version } = await profile.get();
  await profile.update(longName, { version });
};

/** The same, where the person may not change them. */
export const longNamesAtTheDirectory = async (server: StoryServer): Promise<void> => {
  const { version } = await server.as('ana').profile.get();
  await server.store.people.update('ana', version, longName);
};

/** So many organizations that they are searched rather than seen. */
export const manyOrganizations = async ({ store }: StoryServer): Promise<void> => {
  const { directory } = store;
  for (const name of ['Initech', 'Hooli', 'Umbrella', 'Stark Industries', 'Wayne Enterprises', 'Cyberdyne', 'Tyrell']) {
    const id = name.toLowerCase().replace(' ', '-');
    await directory.addOrganization({ id, name });
    await directory.setMembership('ana', id, 'member');
  }
};

/** An organization with a name that has nowhere to break. */
export const longOrganization = async ({ store }: StoryServer): Promise<void> => {
  const { directory } = store;
  await directory.addOrganization({ id: 'long', name: `${unbroken} GmbH & Co. KG` });
  await directory.setMembership('ana', 'long', 'manager');
};

/** A picture of Ana's, whether or not she may change it. */
export const avatar = async (server: StoryServer): Promise<void> => {
  const { store } = server;
  const { version } = await server.as('ana').profile.get();
  const picture = await portrait();
  const bytes = new Uint8Array(await picture.arrayBuffer());
  await store.avatars.put({ personId: 'ana', mediaType: picture.type, bytes });
  await store.people.update('ana', version, { avatarVersion: version + 1 });
};

/** One after the other. */
export const inTurn =
  (...seeds: readonly ((server: StoryServer) => Promise<unknown>)[]) =>
  async (server: StoryServer): Promise<void> => {
    for (const seed of seeds) await seed(server);
  };
