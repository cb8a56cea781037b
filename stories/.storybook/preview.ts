import '@ai-cockpit/elements';
import type { Preview } from '@storybook/web-components-vite';
import { widths, withAppearance } from '../src/canvas/appearance.js';
import { markupOf, renderElement } from '../src/canvas/host-markup.js';
import { argTypesOf, summaryOf } from '../src/canvas/manifest.js';
import ElementPage from '../src/pages/element-page.mdx';
import { settled } from '../src/person.js';
import { faults } from '../src/server/faults.js';
import { endServerOf, serverFor } from '../src/server/story-server.js';
import { withConnection } from '../src/server/connection.js';

const preview: Preview = {
  render: renderElement,
  decorators: [withConnection, withAppearance],
  loaders: [async (context) => ({ server: await serverFor(context) })],
  beforeEach:
    ({ id }) =>
    () =>
      endServerOf(id),
  /** Accessibility is judged of what has come to rest. */
  afterEach: async ({ canvasElement, parameters }) => {
    if (!parameters.waiting) await settled(canvasElement);
  },
  tags: ['autodocs'],
  initialGlobals: { theme: 'light', direction: 'ltr', locale: 'en', person: 'ana', fault: 'none' },
  globalTypes: {
    theme: {
      toolbar: {
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
    direction: {
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
    locale: {
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'pt-BR', title: 'Português (Brasil)' },
          { value: 'es', title: 'Español' },
          { value: 'ja', title: '日本語' },
        ],
      },
    },
    person: {
      toolbar: {
        icon: 'user',
        dynamicTitle: true,
        items: [
          { value: 'ana', title: 'Ana, administrator of Acme' },
          { value: 'bruno', title: 'Bruno, manager of Acme' },
          { value: 'carla', title: 'Carla, member of Acme' },
          { value: 'dora', title: 'Dora, manager of Globex' },
          { value: 'eve', title: 'Eve, viewer of Acme' },
          { value: 'frank', title: 'Frank, in no organization' },
          { value: 'nobody', title: 'Nobody: signed out' },
        ],
      },
    },
    fault: {
      toolbar: {
        icon: 'lightning',
        dynamicTitle: true,
        items: Object.entries(faults).map(([value, { title }]) => ({ value, title })),
      },
    },
  },
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    backgrounds: { disable: true },
    controls: { sort: 'none' },
    docs: {
      page: ElementPage,
      extractArgTypes: argTypesOf,
      extractComponentDescription: summaryOf,
      source: {
        type: 'code',
        language: 'html',
        transform: (_code: string, story: Parameters<typeof markupOf>[0]) => markupOf(story),
      },
    },
    options: {
      storySort: { order: ['Getting started', 'Theming', 'Languages', 'Policy', 'Systems', 'Elements'] },
    },
    viewport: { options: widths },
  },
};
export default preview;
