import { activity } from '../src/locales/en/activity.js';
import { apiKey } from '../src/locales/en/api-key.js';
import { apiKeySingle } from '../src/locales/en/api-key-single.js';
import { apiKeys } from '../src/locales/en/api-keys.js';
import { avatar } from '../src/locales/en/avatar.js';
import { conflicts } from '../src/locales/en/conflicts.js';
import { lists } from '../src/locales/en/lists.js';
import { notifications } from '../src/locales/en/notifications.js';
import { menu } from '../src/locales/en/menu.js';
import { organizations } from '../src/locales/en/organizations.js';
import { profile } from '../src/locales/en/profile.js';
import { providerTokens } from '../src/locales/en/provider-tokens.js';
import { roles } from '../src/locales/en/roles.js';
import { secret } from '../src/locales/en/secret.js';
import { sections } from '../src/locales/en/sections.js';
import { shared } from '../src/locales/en/shared.js';

/** All that the elements say, of which each carries its part. */
export const english = {
  ...shared,
  ...activity,
  ...apiKey,
  ...apiKeySingle,
  ...apiKeys,
  ...avatar,
  ...conflicts,
  ...lists,
  ...notifications,
  ...menu,
  ...organizations,
  ...profile,
  ...providerTokens,
  ...roles,
  ...secret,
  ...sections,
};
