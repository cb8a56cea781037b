import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { Person } from '../person.js';
import { serverOf } from '../server/connection.js';
import { someKeys } from '../server/seeds.js';
import './languages.css';

const meta: Meta = {
  title: 'Languages',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  parameters: { server: { seed: someKeys }, controls: { disable: true } },
};
export default meta;
type Story = StoryObj;

const languages = { en: 'English', 'pt-BR': 'Português (Brasil)', es: 'Español', ja: '日本語' };

/** Each loaded when it is first asked for; English comes with the elements. */
export const SideBySide: Story = {
  parameters: {
    markup: `<profile-form base-url="/v1" lang="pt-BR"></profile-form>
<!-- or, for all below it: -->
<cockpit-client base-url="/v1" locale="pt-BR">…</cockpit-client>`,
  },
  render: (_args, scene) => html`
    <div class="languages">
      ${Object.entries(languages).map(
        ([locale, name]) => html`<section lang=${locale}>
          <h2>${name}</h2>
          <cockpit-client .client=${serverOf(scene).as('ana')} locale=${locale}>
            <profile-form></profile-form>
            <api-key-list></api-key-list>
          </cockpit-client>
        </section>`,
      )}
    </div>
  `,
  play: async (scene) => {
    const person = new Person(scene);
    for (const words of ['First name', 'Nome', 'Nombre', '名']) await person.reads(words);
  },
};

const wording = {
  en: { 'profile.firstName': 'Given name', save: 'Store', 'apiKeys.ownTitle': 'Your access keys' },
  es: { 'profile.firstName': 'Nombre de pila', save: 'Grabar' },
};

const ownWording: HostPolicy = { ...aiCockpitOne, messages: wording };

/** The server's policy may bring the product's own words, for everybody. */
export const WordsOfThePolicy: Story = {
  parameters: {
    server: { policy: ownWording },
    markup: JSON.stringify({ messages: wording }, null, 2),
    docs: { source: { language: 'json' } },
  },
  render: () => html`<profile-form></profile-form>`,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('button', 'Store');
    await person.field(/Given name/);
  },
};

const messages = { en: { save: 'Keep', 'profile.lastName': 'Family name' } };

/** And a page may have its own, which win. */
export const WordsOfThePage: Story = {
  parameters: {
    server: { policy: ownWording },
    markup: `<script type="module">
  document.querySelector('cockpit-client').messages = ${JSON.stringify(messages)};
</script>`,
  },
  render: (_args, scene) => html`
    <cockpit-client .client=${serverOf(scene).as('ana')} .messages=${messages}><profile-form></profile-form></cockpit-client>
  `,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('button', 'Keep');
    await person.field(/Family name/);
    await person.field(/Given name/);
  },
};

/** The whole page in Japanese, from right to left or on a telephone: by the toolbar, like any story. */
export const Japanese: Story = {
  globals: { locale: 'ja' },
  args: { section: 'api-keys' },
  play: async (scene) => {
    await new Person(scene).find('tab', /API/);
  },
};
