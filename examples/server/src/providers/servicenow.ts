import { basic, isVisibleAscii } from './credentials.js';
import { type ProviderDefinition, valueOf } from './definition.js';
import { field } from './field.js';
import { isHostBelow } from './hosts.js';

const withPassword = { field: 'method', value: 'password' };
const withApiKey = { field: 'method', value: 'apiKey' };

export const serviceNow: ProviderDefinition = {
  description: {
    id: 'servicenow',
    name: 'ServiceNow',
    guideUrl:
      'https://www.servicenow.com/docs/bundle/zurich-platform-security/page/integrate/authentication/task/configure-api-key.html',
    hint: 'API keys are made by an administrator of the instance.',
    fields: [
      field('instance', 'Instance', 'host', { placeholder: 'your-company.service-now.com' }),
      field('method', 'Sign in with', 'choice', {
        options: [
          { id: 'password', label: 'User and password' },
          { id: 'apiKey', label: 'API key' },
        ],
      }),
      field('user', 'User', 'text', { when: withPassword }),
      field('password', 'Password', 'secret', { when: withPassword }),
      field('apiKey', 'API key', 'secret', { when: withApiKey }),
    ],
  },
  destinations: ['instance'],
  accepts: {
    instance: (value) => isHostBelow('.service-now.com')(value) || isHostBelow('.servicenowservices.com')(value),
    // A colon would end the user's name on the wire.
    user: (value) => !value.includes(':'),
    apiKey: isVisibleAscii,
  },
  secretPattern: null,
  baseUrl: (values) => `https://${valueOf(values, 'instance')}`,
  headers: (values) =>
    valueOf(values, 'method') === 'apiKey'
      ? { 'x-sn-apikey': valueOf(values, 'apiKey') }
      : basic(valueOf(values, 'user'), valueOf(values, 'password')),
};
