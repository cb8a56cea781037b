import { isVisibleAscii } from './credentials.js';
import { type ProviderDefinition, valueOf } from './definition.js';
import { field } from './field.js';

export const businessmap: ProviderDefinition = {
  description: {
    id: 'businessmap',
    name: 'Businessmap',
    guideUrl: 'https://knowledgebase.businessmap.io/hc/en-us/articles/360012393692',
    hint: 'The key is in your Businessmap account settings, under API.',
    fields: [
      field('subdomain', 'Subdomain', 'text', {
        hint: 'What stands before .kanbanize.com in the address of your boards.',
        placeholder: 'your-company',
      }),
      field('apiKey', 'API key', 'secret'),
    ],
  },
  destinations: ['subdomain'],
  accepts: { subdomain: (value) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(value), apiKey: isVisibleAscii },
  secretPattern: null,
  baseUrl: (values) => `https://${valueOf(values, 'subdomain')}.kanbanize.com`,
  headers: (values) => ({ apikey: valueOf(values, 'apiKey') }),
};
