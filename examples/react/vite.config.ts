import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Where `npm start` serves the API. The pages and their API have one origin, as the session's cookie asks.
const proxy = { '/ai-cockpit-one': { target: process.env.AI_COCKPIT_SERVER ?? 'http://127.0.0.1:4400' } };

export default defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: {
    proxy,
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; require-trusted-types-for 'script'; trusted-types lit-html",
    },
  },
});
