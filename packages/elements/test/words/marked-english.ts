import type { Messages } from '../../src/locales/localizer.js';
import { apiKey } from '../../src/locales/en/api-key.js';
import { apiKeys } from '../../src/locales/en/api-keys.js';
import { conflicts } from '../../src/locales/en/conflicts.js';
import { lists } from '../../src/locales/en/lists.js';
import { organizations } from '../../src/locales/en/organizations.js';
import { profile } from '../../src/locales/en/profile.js';
import { providerTokens } from '../../src/locales/en/provider-tokens.js';
import { roles } from '../../src/locales/en/roles.js';
import { secret } from '../../src/locales/en/secret.js';
import { sections } from '../../src/locales/en/sections.js';
import { shared } from '../../src/locales/en/shared.js';

const english = {
  ...shared,
  ...apiKey,
  ...apiKeys,
  ...conflicts,
  ...lists,
  ...organizations,
  ...profile,
  ...providerTokens,
  ...roles,
  ...secret,
  ...sections,
};

/** Every text of the catalogue between brackets, as a host's wording: what stands in none comes from elsewhere. */
export const markedEnglish: Messages = {
  en: Object.fromEntries(Object.entries(english).map(([id, text]) => [id, `⟦${text}⟧`])),
};

/** What is left of a text without all that is marked. */
export const withoutMarked = (text: string): string => {
  const left = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return left === text ? left.trim() : withoutMarked(left);
};
