import type { HostEvent } from '@ai-cockpit/sdk/contract';
import { accessOf } from '../access.js';
import type { Directory } from '../../ports/directory.js';
import type { Records } from '../../store/store.js';
import type { HostPolicies } from '../policy.js';
import { declines } from './settings.js';

export interface AudienceContext {
  store: Pick<Records, 'notificationSettings'>;
  directory: Directory;
}

const idIn = (subject: string, kind: 'organization' | 'user'): string | null =>
  subject.startsWith(`${kind}:`) ? subject.slice(kind.length + 1) : null;

/** Whether this server knows by itself who may see it. */
export const isKnownSubject = (subject: string): boolean =>
  idIn(subject, 'organization') !== null || idIn(subject, 'user') !== null;

/** Whether there is such an organization or person; a subject of the host's own is known to the host alone. */
export const hasSubject = async (
  { directory, store }: { directory: Directory; store: Pick<Records, 'people'> },
  subject: string,
): Promise<boolean> => {
  const organizationId = idIn(subject, 'organization');
  const userId = idIn(subject, 'user');
  if (organizationId !== null) return (await directory.organization(organizationId)) !== null;
  return userId === null || (await store.people.find(userId)) !== undefined;
};

/** Whether a person may see a subject now. Of one that is the host's own, the host has said who may. */
const maySee = async ({ directory }: { directory: Directory }, userId: string, subject: string): Promise<boolean> => {
  const organizationId = idIn(subject, 'organization');
  const onlyUserId = idIn(subject, 'user');
  if (!(await directory.admits(userId))) return false;
  if (onlyUserId !== null) return onlyUserId === userId;
  return organizationId === null || (await directory.memberships(userId)).some(({ id }) => id === organizationId);
};

/** Whether a person may see what an event is about, and has asked for mail about events of its kind. */
export const wants = async (
  { store, directory, policies }: AudienceContext & { policies: HostPolicies },
  userId: string,
  { type, subject }: Pick<HostEvent, 'type' | 'subject'>,
): Promise<boolean> => {
  const settings = await store.notificationSettings.find(userId);
  if (!settings?.enabled || declines(settings, type)) return false;
  const { notifications } = policies.ofPerson({ memberships: await directory.memberships(userId) });
  return Boolean(notifications?.events.includes(type)) && maySee({ directory }, userId, subject);
};

/**
 * The people to mail about an event, as far as a few queries about all of them can tell. `wants` checks each person again
 * when the mail is sent.
 */
export const audienceOf = async (
  { store, directory }: AudienceContext,
  { type, subject, recipients }: HostEvent,
): Promise<string[]> => {
  const organizationId = idIn(subject, 'organization');
  const onlyUserId = idIn(subject, 'user');
  const mayKnow = new Set(
    organizationId !== null
      ? (await directory.members(organizationId)).map(({ userId }) => userId)
      : onlyUserId !== null
        ? [onlyUserId]
        : recipients,
  );
  const meant = recipients ? [...new Set(recipients)].filter((userId) => mayKnow.has(userId)) : [...mayKnow];
  return (await store.notificationSettings.enabledAmong(meant))
    .filter((settings) => !declines(settings, type))
    .map(({ userId }) => userId);
};

/** The people to warn about a key or token that ends: its owner, or the managers of the organization that owns it. */
export const keepersOf = async (
  { directory }: { directory: Directory },
  { kind, id }: { kind: 'user' | 'organization'; id: string },
): Promise<string[]> => {
  if (kind === 'user') return [id];
  const members = await directory.members(id);
  return members.filter(({ role }) => accessOf(role) === 'manage').map(({ userId }) => userId);
};
