import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { tokenArgTypes } from '../canvas/manifest.js';
import { findAll, Person } from '../person.js';
import { inTurn, someKeys, someTokens } from '../server/seeds.js';
import { dark } from '../states.js';
import './parts.css';

type Theme = Readonly<Record<string, unknown>>;

const declarationsOf = (theme: Theme) =>
  Object.entries(theme).flatMap(([name, value]) =>
    name.startsWith('--') && typeof value === 'string' && value ? [`${name}: ${value};`] : [],
  );

/** A theme as a host writes it. */
const markupOf = (theme: Theme) =>
  `<style>
  :root {
    color-scheme: light dark;
${declarationsOf(theme)
  .map((line) => `    ${line}\n`)
  .join('')}  }
</style>
<profile-tabs base-url="/v1"></profile-tabs>`;

const meta: Meta = {
  title: 'Theming',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  argTypes: tokenArgTypes('profile-tabs'),
  parameters: {
    server: { seed: inTurn(someKeys, someTokens) },
    controls: { include: /^--cockpit/ },
    docs: { source: { transform: (_code: string, { args }: { args: Theme }) => markupOf(args) } },
  },
  render: (theme) => html`
    <div .style=${declarationsOf(theme).join('')}><profile-tabs section="api-keys"></profile-tabs></div>
  `,
};
export default meta;
type Story = StoryObj;

/** Set any token in the controls. */
export const Live: Story = { args: { '--cockpit-color-accent': '#0f7b6c', '--cockpit-radius-control': '10px' } };

/** One token, and every state of a control follows. */
export const Accent: Story = { args: { '--cockpit-color-accent': 'light-dark(#8a2be2, #c9a3ff)' } };

export const AccentDark: Story = { ...dark, ...Accent };

/** Less room between things, smaller text, lower controls. */
export const Dense: Story = {
  args: { '--cockpit-space-unit': '3px', '--cockpit-font-size': '13px', '--cockpit-size-control': '30px' },
};

/** Square corners, the host's own type, another ground. */
export const Brand: Story = {
  args: {
    '--cockpit-color-accent': '#111111',
    '--cockpit-color-surface': '#fffdf7',
    '--cockpit-color-surface-sunken': '#f6f1e4',
    '--cockpit-color-border': '#e4dcc8',
    '--cockpit-radius-control': '0px',
    '--cockpit-radius-overlay': '0px',
    '--cockpit-font-family': 'Georgia, serif',
  },
};

/** `::part()` styles details that have no token. */
export const Parts: Story = {
  parameters: {
    markup: `<style>
  api-key-list::part(title) { font-variant: small-caps; }
  api-key-list::part(table) { font-variant-numeric: tabular-nums; }
  api-key-list::part(frame) { box-shadow: 0 2px 12px rgb(0 0 0 / 12%); }
</style>
<api-key-list base-url="/v1"></api-key-list>`,
    docs: {
      source: { transform: (_code: string, { parameters }: { parameters: { markup?: string } }) => parameters.markup },
    },
  },
  render: () => html`<api-key-list class="themed-by-parts"></api-key-list>`,
  play: async (scene) => {
    await new Person(scene).reads('API keys of Acme');
    const [title] = findAll(scene.canvasElement, '[part="title"]');
    await expect(title && getComputedStyle(title).fontVariantCaps).toBe('small-caps');
  },
};
