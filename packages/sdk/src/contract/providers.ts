import * as endpoints from './endpoints/providers.js';
import { operation } from './operation.js';

export const providerOperations = {
  listProviders: operation(endpoints.listProviders, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),
};
