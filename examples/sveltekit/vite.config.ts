import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // Where people reach the pages: SvelteKit refuses forms from elsewhere.
      paths: { origin: process.env.ORIGIN },
      // SvelteKit adds the hash or nonce of its own script. Svelte has a Trusted Types policy of its own.
      csp: {
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self', 'unsafe-inline'],
          'connect-src': ['self'],
          'img-src': ['self', 'blob:'],
          'require-trusted-types-for': ['script'],
          'trusted-types': ['lit-html', 'svelte-trusted-html', 'sveltekit-trusted-url'],
        },
      },
    }),
  ],
});
