import type {} from '@ai-cockpit/elements';
import { Secret } from '@ai-cockpit/sdk';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, spyOn } from 'storybook/test';
import { Person } from './person.js';
import { dark, fits, narrow, type Play, played, rightToLeft } from './states.js';

interface Args {
  readonly label: string;
}

const markup = `<secret-reveal label="API key"></secret-reveal>

<script type="module">
  import '@ai-cockpit/elements/secret-reveal.js';
  import { Secret } from '@ai-cockpit/sdk';

  const reveal = document.querySelector('secret-reveal');
  reveal.secret = new Secret(value); // by property: never as an attribute
  reveal.addEventListener('secret-dismissed', () => reveal.remove());
</script>`;

const meta: Meta<Args> = {
  title: 'Elements/secret-reveal',
  component: 'secret-reveal',
  args: { label: 'API key' },
  parameters: { markup },
  // One for each time it is shown: the element disposes of it.
  loaders: [
    ({ parameters }) => ({
      secret: new Secret('aico_this-is-not-a-key_'.padEnd(Number(parameters.length ?? 46), '0123456789abcdef')),
    }),
  ],
  render: ({ label }, { loaded }) => html`
    <p>Here is the key you asked for.</p>
    <secret-reveal label=${label} .secret=${(loaded as { secret: Secret }).secret}></secret-reveal>
  `,
};
export default meta;
type Story = StoryObj<Args>;

const copies: Play = async (scene) => {
  spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  const person = new Person(scene);
  await person.presses('Copy');
  await person.reads('Copied');
};

const isRefusedTheClipboard: Play = async (scene) => {
  spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('Denied', 'NotAllowedError'));
  // Nor does the page let anything else be copied.
  window.addEventListener('copy', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
  const person = new Person(scene);
  await person.presses('Copy');
  await person.reads('Could not copy. The value is selected');
  await person.hasFocusOn('textbox', 'API key');
};

const isAsked: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses('Done');
  await person.reads('Finish without copying?');
};

export const Shown: Story = {};

export const LongText: Story = {
  ...narrow,
  args: { label: 'The API token of the nightly report of all teams' },
  parameters: { length: 600 },
};

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

export const Copied: Story = { ...played, play: copies };

export const CopiedDark: Story = { ...dark, ...played, play: copies };

/** Said aloud, the value selected, and nothing closes. */
export const CopyRefused: Story = { ...played, play: isRefusedTheClipboard };

export const Asking: Story = { ...played, play: isAsked };

export const AskingNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await isAsked(scene);
    await fits(scene);
  },
};

/** Gone for good, from the page as from memory. */
export const Dismissed: Story = {
  ...played,
  play: async (scene) => {
    await copies(scene);
    const person = new Person(scene);
    const reveal = scene.canvasElement.querySelector('secret-reveal');
    await person.presses('Done');
    await person.readsNoMore('API key');
    await expect(reveal?.secret).toBe(null);
  },
};
