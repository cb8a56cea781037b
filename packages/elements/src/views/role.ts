import type { Localizer, MessageId } from '../locales/localizer.js';

/** A role by its name; one that this version does not know by its id. */
export const roleName = (role: string, localizer: Localizer): string => {
  const id = `role.${role}`;
  const text = localizer.text(id as MessageId & 'role.member');
  return text === id ? role : text;
};
