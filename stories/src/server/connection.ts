import type { Decorator } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { StoryServer } from './story-server.js';

/** The server of the story that is being drawn or played. */
export const serverOf = ({ loaded }: { readonly loaded: object }): StoryServer => {
  // The loader in preview.ts gives this value; Storybook types it as `any`.
  const { server } = loaded as { server: StoryServer };
  return server;
};

/** Connects a story's elements to its server, in the name of whom the toolbar names. */
export const withConnection: Decorator = (story, { loaded, globals, parameters }) => {
  if (parameters.connected === false) return story();
  const client = serverOf({ loaded }).as(String(globals.person));
  return html`<cockpit-client .client=${client}>${story()}</cockpit-client>`;
};
