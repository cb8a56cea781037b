import * as endpoints from './endpoints/providers.js';
import { operation } from './operation.js';

/** The services that agents can reach. */
export const providerOperations = {
  /**
   * The providers that any of the person’s organizations offers them. The policy says which of them to show, and in
   * which order.
   */
  listProviders: operation(endpoints.listProviders, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),
};
