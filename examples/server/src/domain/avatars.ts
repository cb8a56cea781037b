import { avatarLimits, type Profile } from '@ai-cockpit/sdk/contract';
import type { User } from './access.js';
import type { Images } from '../ports/images.js';
import type { Store } from '../store/store.js';
import type { Actor } from './activity.js';
import type { Change } from './change.js';
import { type ProfileContext, toProfile } from './people.js';
import type { RolePolicy } from './policy.js';
import { orNotFound, ProblemError } from './problem-error.js';

/** Pixels: as large as any page shows it, on a screen of twice the density. */
const maxSide = 512;

/** Refuses where this person sees no avatars. */
export const offeredAvatar = ({ profile }: RolePolicy) => {
  const { avatar } = profile.fields;
  if (avatar.access === 'hidden') throw new ProblemError('not_offered');
  return avatar;
};

/** The limits of this person's avatar; refuses a person who may not change it. */
export const editableAvatar = (policy: RolePolicy) => {
  const { access, ...limits } = offeredAvatar(policy);
  if (access !== 'edit') throw new ProblemError('field_not_editable', [{ path: 'avatar', code: 'not_editable' }]);
  return { ...avatarLimits, ...limits };
};

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));

/** How files of each type begin. What begins otherwise goes to no decoder. */
const beginnings: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  'image/png': (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n'),
  'image/jpeg': (bytes) => startsWith(bytes, '\xff\xd8\xff'),
  'image/webp': (bytes) => startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8),
};

/** Re-encodes an uploaded picture as it is stored. */
export const readAvatar = async (
  { images }: { images: Images },
  sent: Blob,
  maxPixels: number,
  signal: AbortSignal,
): Promise<Blob> => {
  const beginning = new Uint8Array(await sent.slice(0, 16).arrayBuffer());
  if (!beginnings[sent.type]?.(beginning)) throw new ProblemError('media_type_unsupported');
  const answer = await images.redraw(sent, { maxPixels, maxSide }, signal);
  if ('picture' in answer) return answer.picture;
  throw new ProblemError(answer.refused === 'too_many_pixels' ? 'too_large' : 'media_type_unsupported');
};

export const avatarOf = async ({ store }: { store: Pick<Store, 'avatars'> }, user: User): Promise<Blob> => {
  const { bytes, mediaType } = orNotFound(await store.avatars.find(user.id));
  return new Blob([new Uint8Array(bytes)], { type: mediaType });
};

/** @param picture `null` for none. */
export const changeAvatar = async (
  context: ProfileContext & { change: Change },
  user: User,
  actor: Actor,
  version: number,
  picture: Blob | null,
): Promise<Profile> => {
  const bytes = picture && new Uint8Array(await picture.arrayBuffer());
  return context.change({ kind: 'user', id: user.id }, actor, async ({ tx, record }) => {
    const person = await tx.people.update(user.id, version, { avatarVersion: picture && version + 1 });
    if (!person) throw new ProblemError('version_stale');
    if (picture && bytes) await tx.avatars.put({ personId: user.id, mediaType: picture.type, bytes });
    else await tx.avatars.remove(user.id);
    await record({ action: picture ? 'profile.avatar_set' : 'profile.avatar_removed' });
    return toProfile(context, person, user);
  });
};
