import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, fireEvent, userEvent } from 'storybook/test';
import { Person } from '../person.js';
import { dark, narrow, type Play, played } from '../states.js';
import './policy-workbench.css';
import './policy-workbench.js';

const meta: Meta = {
  title: 'Policy',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  parameters: { connected: false, controls: { disable: true }, docs: { canvas: { sourceState: 'none' } } },
  render: (_args, { globals }) => html`<policy-workbench .person=${String(globals.person)}></policy-workbench>`,
};
export default meta;
type Story = StoryObj;

/** Puts another text in the place of the policy, as by pasting. */
const pastes = async (scene: Parameters<Play>[0], text: string): Promise<void> => {
  const field = await new Person(scene).field('The policy of the host');
  await fireEvent.input(field, { target: { value: text } });
};

/** Edit it: the page beside follows. */
export const Live: Story = {
  play: async (scene) => {
    await new Person(scene).find('tab', 'API keys');
  },
};

export const LiveDark: Story = { ...dark, ...played };

export const LiveNarrow: Story = { ...narrow, ...played };

export const FollowsAnEdit: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('tab', 'Profile');
    const policy = {
      ...aiCockpitOne,
      sections: [{ id: 'api-keys' }],
      apiKeys: { ...aiCockpitOne.apiKeys, noun: 'apiToken' },
    };
    await pastes(scene, JSON.stringify(policy));
    await person.find('tab', 'API tokens');
    await person.reads('API tokens of Acme');
    await person.readsNoMore('Providers');
  },
};

export const AnotherPreset: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('tab', 'Profile');
    const choice = await person.find('combobox', 'Begin with');
    for (const [preset, said] of [
      ['environment-operations-center', 'Expires in'],
      ['duplocloud', 'You have no API tokens yet.'],
    ] as const) {
      await userEvent.selectOptions(choice, preset);
      await person.reads(said);
    }
  },
};

/** Members that are valid alone and contradict each other: the server would not start with this policy. */
export const WhatContradictsItself: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('tab', 'API keys');
    await pastes(scene, JSON.stringify({ ...aiCockpitOne, apiKeys: { ...aiCockpitOne.apiKeys, atLimit: 'replace' } }));
    await person.reads('apiKeys.atLimit: there is no limit at which a key could be replaced');
    await expect(await person.find('tab', 'API keys')).toBeVisible();
  },
};

export const WhatIsNotJson: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('tab', 'API keys');
    await pastes(scene, '{ "layout": ');
    await person.reads('This is not JSON');
    await expect(await person.find('tab', 'API keys')).toBeVisible();
  },
};

export const WhatTheSchemaRefuses: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('tab', 'API keys');
    await pastes(scene, JSON.stringify({ ...aiCockpitOne, layout: 'spiral', color: 'red', saving: undefined }));
    await person.reads('layout: has to be one of "tabs", "sections", "page".');
    await person.reads('The policy: nothing is known of "color".');
    await person.reads(/saving: .*has to be one of "section", "page"/);
    await expect(await person.find('tab', 'API keys')).toBeVisible();
  },
};
