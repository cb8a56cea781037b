import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

const light = !window.matchMedia('(prefers-color-scheme: dark)').matches;

addons.setConfig({
  theme: create({
    base: light ? 'light' : 'dark',
    brandTitle: 'AI Cockpit Profile Kit',
    brandUrl: '/',
    brandTarget: '_self',
  }),
});
