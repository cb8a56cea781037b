import type { Change } from '../domain/change.js';
import { avatarOf, changeAvatar, editableAvatar, offeredAvatar, readAvatar } from '../domain/avatars.js';
import { type ProfileContext, profileOf, profilePolicy, uneditableFields, updateProfile } from '../domain/people.js';
import { membershipIn } from '../domain/access.js';
import { orNotFound } from '../domain/problem-error.js';
import type { Images } from '../ports/images.js';
import type { Records } from '../store/store.js';
import type { HandlersOf } from './handler.js';
import { bytes, json, resource } from './reply.js';

interface ProfileHandlersContext extends ProfileContext {
  store: Pick<Records, 'avatars' | 'people'>;
  change: Change;
  images: Images;
}

export const profileHandlers = (
  context: ProfileHandlersContext,
): HandlersOf<'getPolicy' | 'getProfile' | 'updateProfile' | 'getAvatar' | 'setAvatar' | 'removeAvatar'> => ({
  getPolicy: ({ caller: { user } }) => ({
    act: ({ query: { organizationId } }) => {
      const membership =
        organizationId === undefined ? (user.memberships[0] ?? null) : membershipIn(user, organizationId);
      return json(context.policies.resolve(user, membership));
    },
  }),

  getProfile: ({ caller: { user } }) => ({ act: async () => resource(await profileOf(context, user)) }),

  updateProfile: async ({ caller: { user }, actor }) => {
    const policy = profilePolicy(context, user);
    return {
      version: (await profileOf(context, user)).version,
      uneditable: (members) => uneditableFields(policy, members),
      act: async ({ body, version }) => resource(await updateProfile(context, user, actor, version, body)),
    };
  },

  getAvatar: async ({ caller: { user } }) => {
    offeredAvatar(profilePolicy(context, user));
    const { version } = await profileOf(context, user);
    const avatar = await avatarOf(context, user);
    return { act: () => bytes(avatar, version) };
  },

  setAvatar: async ({ caller: { user }, actor, signal }) => {
    const { maxBytes, maxPixels, mediaTypes } = editableAvatar(profilePolicy(context, user));
    return {
      version: (await profileOf(context, user)).version,
      bytes: { mediaTypes, maxBytes, read: (sent) => readAvatar(context, sent, maxPixels, signal) },
      act: async ({ body, version }) => resource(await changeAvatar(context, user, actor, version, body)),
    };
  },

  removeAvatar: async ({ caller: { user }, actor }) => {
    editableAvatar(profilePolicy(context, user));
    const { version, avatarUrl } = await profileOf(context, user);
    orNotFound(avatarUrl);
    return {
      version,
      act: async ({ version }) => resource(await changeAvatar(context, user, actor, version, null)),
    };
  },
});
