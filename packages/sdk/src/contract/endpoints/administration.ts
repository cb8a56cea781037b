import { endpoint } from '../operation.js';
import { ApiKey } from './api-keys.js';
import { pageOf } from './list.js';

export const listAllApiKeys = endpoint({
  id: 'listAllApiKeys',
  method: 'GET',
  path: '/admin/api-keys',
  answer: pageOf(ApiKey),
});

export const revokeAnyApiKey = endpoint({
  id: 'revokeAnyApiKey',
  method: 'POST',
  path: '/admin/api-keys/{id}/revoke',
  writes: 'apiKey',
  answer: ApiKey,
});
