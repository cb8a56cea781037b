import { basic } from './credentials.js';
import { type ProviderDefinition, valueOf } from './definition.js';
import { field } from './field.js';
import { isHostBelow } from './hosts.js';

export const jira: ProviderDefinition = {
  description: {
    id: 'jira',
    name: 'Jira',
    guideUrl: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
    hint: 'A token ends after a year at the latest: make a new one at Atlassian, then replace it here.',
    fields: [
      field('site', 'Site', 'host', { placeholder: 'your-company.atlassian.net' }),
      field('email', 'E-mail', 'email', { hint: 'The address of the Atlassian account that made the token.' }),
      field('token', 'API token', 'secret'),
    ],
  },
  destinations: ['site'],
  accepts: { site: isHostBelow('.atlassian.net') },
  secretPattern: /ATATT3[A-Za-z0-9_=-]{20,}/,
  baseUrl: (values) => `https://${valueOf(values, 'site')}`,
  headers: (values) => basic(valueOf(values, 'email'), valueOf(values, 'token')),
};
