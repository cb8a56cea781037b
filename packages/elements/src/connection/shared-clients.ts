import { type Cockpit, createCockpit, type Policy, type Provider } from '@ai-cockpit/sdk';

const clients = new Map<string, Cockpit>();

/** Elements that name the same base URL, and nothing else, share one client. */
export const sharedClient = (baseUrl: string): Cockpit => {
  const known = clients.get(baseUrl);
  if (known) return known;
  const client = createCockpit({ baseUrl });
  clients.set(baseUrl, client);
  return client;
};

const policies = new WeakMap<Cockpit, Map<string, Promise<Policy>>>();

/** The policy as all elements on one client see it: asked for once an organization, again after a failure. */
export const sharedPolicy = (client: Cockpit, organizationId?: string): Promise<Policy> => {
  const known = policies.get(client) ?? new Map<string, Promise<Policy>>();
  policies.set(client, known);
  const key = organizationId ?? '';
  const asked = known.get(key) ?? client.policy(organizationId);
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
};

const catalogues = new WeakMap<Cockpit, Promise<Provider[]>>();

/** The providers' catalogue, which is configuration: asked for once, again after a failure. */
export const sharedProviders = (client: Cockpit): Promise<Provider[]> => {
  const asked = catalogues.get(client) ?? client.providers.list();
  catalogues.set(client, asked);
  asked.catch(() => catalogues.delete(client));
  return asked;
};
