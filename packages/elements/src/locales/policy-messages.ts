import { type Policy, warnDeveloper } from '@ai-cockpit/sdk';
import { activity } from './en/activity.js';
import { apiKey } from './en/api-key.js';
import { apiKeySingle } from './en/api-key-single.js';
import { apiKeys } from './en/api-keys.js';
import { avatar } from './en/avatar.js';
import { conflicts } from './en/conflicts.js';
import { lists } from './en/lists.js';
import { menu } from './en/menu.js';
import { notifications } from './en/notifications.js';
import { organizations } from './en/organizations.js';
import { profile } from './en/profile.js';
import { providerTokens } from './en/provider-tokens.js';
import { secret } from './en/secret.js';
import { sections } from './en/sections.js';
import { shared } from './en/shared.js';
import { canonicalTag } from './languages.js';

const texts = [activity, apiKey, apiKeySingle, apiKeys, avatar, conflicts, lists, menu, notifications, organizations]
  .map((area) => Object.keys(area))
  .concat([profile, providerTokens, secret, sections, shared].map((area) => Object.keys(area)))
  .flat();
const ids = new Set(texts);

/** Names that a host gives itself: its product, providers and modules, values that this version does not know; and texts of mails. */
const givenNames =
  /^(productName$|(mail|provider|module|role|section|activity\.action|notifications\.event|providerToken\.status|field)\.)/;
const plural = /\.(zero|one|two|few|many)$/;
const noun = /@(apiKey|apiToken)$/;

const isId = (id: string): boolean => {
  const plain = id.replace(noun, '');
  return ids.has(plain) || ids.has(plain.replace(plural, '.other')) || givenNames.test(plain);
};

/** Warns of wording in a policy that is never shown, as nothing asks for it by that tag or id. */
export const warnOfMessages = ({ messages = {} }: Policy): void => {
  for (const [tag, wording] of Object.entries(messages)) {
    if (canonicalTag(tag) !== tag)
      warnDeveloper(`The policy has messages in “${tag.slice(0, 50)}”, which is no language tag as pt-BR is`);
    for (const id of Object.keys(wording))
      if (!isId(id)) warnDeveloper(`The policy has a message “${id.slice(0, 100)}”, which is no id of a text`);
  }
};
