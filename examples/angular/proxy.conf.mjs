const target = process.env.AI_COCKPIT_SERVER ?? 'http://127.0.0.1:4400';

export default { '/ai-cockpit-one': { target, changeOrigin: false } };
