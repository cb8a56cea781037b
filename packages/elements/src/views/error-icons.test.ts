import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aipConsole, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { chooseFile } from '../../test/pictures.js';
import { appears, button, deepAll, says, type } from '../../test/page.js';
import { offline, startServer, status, type TestServer } from '../../test/server.js';
import '../api-key-create/define.js';
import '../api-key-list/define.js';
import '../notification-settings/define.js';
import '../organization-select/define.js';
import '../profile-avatar/define.js';
import '../profile-tabs/define.js';

/** Each kind of error message: how it comes, and what holds it. */
const errors: {
  readonly name: string;
  readonly policy: HostPolicy | undefined;
  readonly show: (server: TestServer) => Promise<HTMLElement>;
  readonly text: string;
  readonly holder: string;
}[] = [
  {
    name: 'the error of a field',
    policy: duplocloud,
    show: async (server) => {
      const client = server.client('ana');
      const element = await fixture<HTMLElement>(
        html`<api-key-create .client=${client} lang="en" open></api-key-create>`,
      );
      (await appears(element, '[part="submit"]')).click();
      return element;
    },
    text: 'Enter name.',
    holder: '[part="error"]',
  },
  {
    name: 'the error of a group of choices',
    policy: aipConsole,
    show: async (server) => {
      const client = server.client('carla');
      const element = await fixture<HTMLElement>(
        html`<notification-settings .client=${client} lang="en"></notification-settings>`,
      );
      (await appears(element, '[name="enabled"]')).click();
      await appears(element, '[name="events"]:enabled');
      for (const kind of deepAll(element, '[name="events"]')) kind.click();
      return element;
    },
    text: 'Choose at least one',
    holder: '[part="error"]',
  },
  {
    name: 'the refusal of a picture',
    policy: environmentOperationsCenter,
    show: async (server) => {
      const element = await fixture<HTMLElement>(
        html`<profile-avatar .client=${server.client('ana')} lang="en"></profile-avatar>`,
      );
      await appears(element, '[part="edit"]');
      chooseFile(element, new File(['Hello'], 'me.svg', { type: 'image/svg+xml' }));
      return element;
    },
    text: 'This file type is not supported.',
    holder: '[part="error"]',
  },
  {
    name: 'an alert without advice',
    policy: undefined,
    show: async (server) => {
      server.fault(offline);
      return fixture(html`<organization-select .client=${server.client('ana')} lang="en"></organization-select>`);
    },
    text: 'Your organizations could not be loaded.',
    holder: '[role="alert"]',
  },
  {
    name: 'the error of a page',
    policy: environmentOperationsCenter,
    show: async (server) => {
      const client = server.client('ana');
      const element = await fixture<HTMLElement>(html`<profile-tabs .client=${client} lang="en"></profile-tabs>`);
      type(await appears<HTMLInputElement>(element, '#firstName'), '');
      button(element, 'Save').click();
      return element;
    },
    text: 'Some changes were not saved.',
    holder: '[part="saved"]',
  },
  {
    name: 'the failure of one of several keys',
    policy: duplocloud,
    show: async (server) => {
      (await server.client('bruno').apiKeys.create({ name: 'Nightly' })).secret?.dispose();
      const element = await fixture<HTMLElement>(
        html`<api-key-list .client=${server.client('ana')} owner="all" lang="en"></api-key-list>`,
      );
      (await appears(element, 'input[aria-label="Select all on this page"]')).click();
      (await appears(element, '[part="bulk-revoke"]')).click();
      server.fault(status(503));
      (await appears(element, '[part="confirm"]')).click();
      return element;
    },
    text: 'Not revoked',
    holder: '[part="bulk-result"]',
  },
];

describe('Error messages', () => {
  let server: TestServer;
  afterEach(async () => {
    server.fault();
    await server.close();
  });

  for (const { name, policy, show, text, holder } of errors) {
    it(`${name} has an icon in the colour of its text, hidden from assistive technology`, async () => {
      server = await startServer(policy);
      const element = await show(server);
      await says(element, text);
      const message = deepAll(element, holder).find(({ textContent }) => textContent.includes(text));
      const icon = message?.querySelector('svg');
      expect(icon?.getAttribute('aria-hidden')).to.equal('true');
      expect(icon && getComputedStyle(icon).stroke).to.equal(message && getComputedStyle(message).color);
      expect(icon?.getBoundingClientRect().width).to.be.at.least(12);
      await expect(element).to.be.accessible();
    });
  }
});
