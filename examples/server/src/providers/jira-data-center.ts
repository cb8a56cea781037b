import { bearer, isVisibleAscii } from './credentials.js';
import { type ProviderDefinition, valueOf } from './definition.js';
import { field } from './field.js';
import { isHttpsUrl, withoutTrailingSlash } from './hosts.js';

export const jiraDataCenter: ProviderDefinition = {
  description: {
    id: 'jira-data-center',
    name: 'Jira Data Center',
    guideUrl: 'https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html',
    hint: 'Your own Jira server, not a site of Atlassian.',
    fields: [
      field('baseUrl', 'Base URL', 'url', { placeholder: 'https://jira.example.com' }),
      field('token', 'Personal access token', 'secret'),
    ],
  },
  destinations: ['baseUrl'],
  accepts: { baseUrl: isHttpsUrl({ portAndPath: true }), token: isVisibleAscii },
  secretPattern: null,
  baseUrl: (values) => withoutTrailingSlash(valueOf(values, 'baseUrl')),
  headers: (values) => bearer(valueOf(values, 'token')),
};
