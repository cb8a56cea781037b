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

/** How often the back-forward cache has restored this page: earlier data may belong to another person. */
let restorations = 0;
if (typeof window !== 'undefined') {
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) restorations += 1;
  });
}

/** Data that is read once for all elements on one client. */
interface Shared {
  /** The value of `restorations` when the data was read. */
  restorations: number;
  readonly policies: Map<string, Promise<Policy>>;
  /** The providers' catalogue, which is configuration. */
  providers?: Promise<Provider[]> | undefined;
  /** The person's avatar, by the address of that picture. */
  avatar?: { readonly url: string; readonly picture: Promise<Blob> } | undefined;
  /** How many readings of connected elements share it. */
  readers: number;
}

const shares = new WeakMap<Cockpit, Shared>();

/** Drops the data of the former person. */
const forget = (shared: Shared): void => {
  shared.policies.clear();
  shared.avatar = undefined;
};

const sharedFrom = (client: Cockpit): Shared => {
  const known = shares.get(client);
  if (known) {
    if (known.restorations !== restorations) forget(known);
    known.restorations = restorations;
    return known;
  }
  const shared: Shared = { policies: new Map(), readers: 0, restorations };
  shares.set(client, shared);
  client.changes.addEventListener('user', () => forget(shared));
  return shared;
};

/** An element begins to read from a client. */
export const shareFrom = (client: Cockpit): void => void (sharedFrom(client).readers += 1);

/** An element stops reading. With the last one, the data is dropped: another person may sign in before the next one. */
export const stopSharing = (client: Cockpit): void => {
  const shared = sharedFrom(client);
  shared.readers -= 1;
  if (shared.readers === 0) forget(shared);
};

/** The policy as all elements on one client see it: asked for once an organization, again after a failure. */
export const sharedPolicy = (client: Cockpit, organizationId = ''): Promise<Policy> => {
  const { policies } = sharedFrom(client);
  const known = policies.get(organizationId);
  if (known) return known;
  const asked = client.policy(organizationId || undefined);
  policies.set(organizationId, asked);
  asked.then(
    // Asked for without a name, it is still that of one.
    ({ organization }) => {
      if (organization && policies.get(organizationId) === asked) policies.set(organization.id, asked);
    },
    () => {
      // Another may have been asked for meanwhile.
      if (policies.get(organizationId) === asked) policies.delete(organizationId);
    },
  );
  return asked;
};

/** The providers' catalogue: asked for once, again after a failure. */
export const sharedProviders = (client: Cockpit): Promise<Provider[]> => {
  const shared = sharedFrom(client);
  const asked = (shared.providers ??= client.providers.list());
  asked.catch(() => {
    if (shared.providers === asked) shared.providers = undefined;
  });
  return asked;
};

/** The person's avatar: asked for once a picture, again after a failure. */
export const sharedAvatar = (client: Cockpit, url: string): Promise<Blob> => {
  const shared = sharedFrom(client);
  if (shared.avatar?.url === url) return shared.avatar.picture;
  const asked = { url, picture: client.profile.avatar() };
  shared.avatar = asked;
  asked.picture.catch(() => {
    if (shared.avatar === asked) shared.avatar = undefined;
  });
  return asked.picture;
};

/** Shares a picture that was just saved, so that no element has to read it. */
export const shareAvatar = (client: Cockpit, url: string, picture: Blob): void => {
  sharedFrom(client).avatar = { url, picture: Promise.resolve(picture) };
};
