// The checks as a Worker: workerd.
import { check } from './connection-checks.js';

export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    const results = await check(searchParams.get('origin'), searchParams.get('refused'), 'workerd');
    return new Response(JSON.stringify(results));
  },
};
