import type { Environment } from '../domain/environment.js';
import { avatarOf, changeAvatar, editableAvatar, offeredAvatar, readAvatar } from '../domain/avatars.js';
import { profileOf, profileTerms, uneditableFields, updateProfile } from '../domain/people.js';
import { membershipIn } from '../domain/access.js';
import { found } from '../domain/refusal.js';
import type { HandlersOf } from './handler.js';
import { bytes, json, resource } from './reply.js';

export const profileHandlers = (
  environment: Environment,
): HandlersOf<'getPolicy' | 'getProfile' | 'updateProfile' | 'getAvatar' | 'setAvatar' | 'removeAvatar'> => ({
  getPolicy: ({ caller: { user } }) => ({
    act: ({ query: { organizationId } }) => {
      const membership =
        organizationId === undefined ? (user.memberships[0] ?? null) : membershipIn(user, organizationId);
      return json(environment.policies.resolve(user, membership));
    },
  }),

  getProfile: ({ caller: { user } }) => ({ act: async () => resource(await profileOf(environment, user)) }),

  updateProfile: async ({ caller: { user }, actor }) => {
    const terms = profileTerms(environment, user);
    return {
      version: (await profileOf(environment, user)).version,
      uneditable: (members) => uneditableFields(terms, members),
      act: async ({ body, version }) => resource(await updateProfile(environment, user, actor, version, body)),
    };
  },

  getAvatar: async ({ caller: { user } }) => {
    offeredAvatar(profileTerms(environment, user));
    const { version } = await profileOf(environment, user);
    const avatar = await avatarOf(environment, user);
    return { act: () => bytes(avatar, version) };
  },

  setAvatar: async ({ caller: { user }, actor, signal }) => {
    const { maxBytes, maxPixels, mediaTypes } = editableAvatar(profileTerms(environment, user));
    return {
      version: (await profileOf(environment, user)).version,
      bytes: { mediaTypes, maxBytes, read: (sent) => readAvatar(environment, sent, maxPixels, signal) },
      act: async ({ body, version }) => resource(await changeAvatar(environment, user, actor, version, body)),
    };
  },

  removeAvatar: async ({ caller: { user }, actor }) => {
    editableAvatar(profileTerms(environment, user));
    const { version, avatarUrl } = await profileOf(environment, user);
    found(avatarUrl);
    return {
      version,
      act: async ({ version }) => resource(await changeAvatar(environment, user, actor, version, null)),
    };
  },
});
