import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Where `npm start` serves the API.
const proxy = { '/ai-cockpit-one': { target: process.env.AI_COCKPIT_SERVER ?? 'http://127.0.0.1:4400' } };

/** Every element of ours has a hyphen in its name, and no component of a Vue application needs one. */
const isCustomElement = (tag: string) => tag.includes('-');

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
  server: { proxy },
  preview: {
    proxy,
    headers: {
      // Vue has a Trusted Types policy of its own.
      'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; require-trusted-types-for 'script'; trusted-types lit-html vue",
    },
  },
});
