import { expect, fixture, html } from '@open-wc/testing';
import { appears, waitUntil } from '../../test/page.js';
import { startServer } from '../../test/server.js';
import type { ProfileFormElement } from '../profile-form/profile-form.js';
import '../activity-log/define.js';
import '../api-key-create/define.js';
import '../api-key-list/define.js';
import '../api-key-single/define.js';
import '../notification-settings/define.js';
import '../organization-select/define.js';
import '../profile-avatar/define.js';
import '../profile-form/define.js';
import '../profile-menu/define.js';
import '../profile-tabs/define.js';
import '../provider-token-form/define.js';
import '../provider-token-list/define.js';
import '../secret-reveal/define.js';

/** The elements that read from a client. */
const tags = [
  'activity-log',
  'api-key-create',
  'api-key-list',
  'api-key-single',
  'notification-settings',
  'organization-select',
  'profile-avatar',
  'profile-form',
  'profile-menu',
  'profile-tabs',
  'provider-token-form',
  'provider-token-list',
];

/** The texts of all console warnings. */
const warnings: string[] = [];
const { warn } = console;

/** Connects an element whose warning comes after those of all that are connected by now, and waits for it. */
const laterWarning = async (tag: string): Promise<string> => {
  // Not defined on this page, so that the warning is another than that of the element by itself.
  const outer = document.createElement('cockpit-client');
  outer.append(document.createElement(tag));
  document.body.append(outer);
  const isHere = (text: string) => text.startsWith(`<${tag}> has no client: the <cockpit-client>`);
  await waitUntil(() => warnings.some(isHere));
  outer.remove();
  return warnings.splice(warnings.findIndex(isHere), 1).join();
};

describe('an element without a client', () => {
  beforeEach(() => {
    warnings.length = 0;
    Object.assign(console, { warn: (text: string) => warnings.push(text) });
  });
  afterEach(() => {
    Object.assign(console, { warn });
  });

  it('says nothing once it is removed, where it has its client by then, or where it needs none', async () => {
    const server = await startServer();
    const removed = await fixture(html`<api-key-list></api-key-list>`);
    const late = await fixture<ProfileFormElement>(html`<profile-form></profile-form>`);
    await fixture(html`<secret-reveal></secret-reveal>`);
    removed.remove();
    late.client = server.client('ana');
    await appears(late, '#firstName');
    await laterWarning('activity-log');
    expect(warnings).to.deep.equal([]);
    await server.close();
  });

  it('says that the <cockpit-client> around it is not defined', async () => {
    expect(await laterWarning('api-key-list')).to.equal(
      "<api-key-list> has no client: the <cockpit-client> around it is not defined. Import '@ai-cockpit/elements/cockpit-client.js'.",
    );
  });

  it('says what is missing, once a tag, however many there are and however often they are connected', async () => {
    const elements = [...tags, ...tags].map((tag) => document.createElement(tag));
    document.body.append(...elements);
    await waitUntil(() => warnings.length === tags.length);
    document.body.append(...elements);
    await laterWarning('profile-menu');
    for (const element of elements) element.remove();
    expect(warnings.toSorted()).to.deep.equal(
      tags.map(
        (tag) =>
          `<${tag}> has no client: set base-url (in JavaScript baseUrl) or the property client, on it or on a <cockpit-client> around it.`,
      ),
    );
  });
});
