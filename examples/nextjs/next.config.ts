import type { NextConfig } from 'next';

const server = process.env.AI_COCKPIT_SERVER ?? 'http://127.0.0.1:4400';

const config: NextConfig = {
  // Both as in a new app; the example works without them too.
  cacheComponents: true,
  partialPrefetching: true,
  // The pages and their API have one origin, as the session's cookie asks. `next build` keeps these addresses.
  rewrites: async () => [{ source: '/ai-cockpit-one/:path*', destination: `${server}/ai-cockpit-one/:path*` }],
};

export default config;
