import { basic } from './credentials.js';
import { type ProviderDefinition, valueOf } from './definition.js';
import { field } from './field.js';

export const azureDevOps: ProviderDefinition = {
  description: {
    id: 'azure-devops',
    name: 'Azure DevOps',
    guideUrl:
      'https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    hint: 'Make the token for one organization: tokens for all of them stop working in December 2026.',
    fields: [
      field('organization', 'Organization', 'text', {
        hint: 'What stands after dev.azure.com/ in the address of your projects.',
      }),
      field('token', 'Personal access token', 'secret'),
    ],
  },
  destinations: ['organization'],
  accepts: { organization: (value) => /^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/i.test(value) },
  secretPattern: /\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/,
  baseUrl: (values) => `https://dev.azure.com/${valueOf(values, 'organization')}`,
  headers: (values) => ({ ...basic('', valueOf(values, 'token')), 'X-TFS-FedAuthRedirect': 'Suppress' }),
};
