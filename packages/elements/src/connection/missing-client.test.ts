import { expect, fixture, html } from '@open-wc/testing';
import { appears, waitUntil } from '../../test/page.js';
import { startServer } from '../../test/server.js';
import type { ProfileFormElement } from '../profile-form/profile-form.js';
import '../api-key-list/define.js';
import '../profile-form/define.js';
import '../secret-reveal/define.js';

/** What is said on the console as a warning. */
const warnings: string[] = [];
const { warn } = console;

/** Warnings come after a time: those of an element that is connected later come later. */
const warned = async (): Promise<void> => {
  const last = document.createElement('profile-form');
  last.id = 'last';
  document.body.append(last);
  const before = warnings.length;
  await waitUntil(() => warnings.slice(before).some((text) => text.startsWith('<profile-form>')));
  last.remove();
};

describe('an element without a client', () => {
  beforeEach(() => {
    warnings.length = 0;
    Object.assign(console, { warn: (text: string) => warnings.push(text) });
  });
  afterEach(() => {
    Object.assign(console, { warn });
  });

  it('says once what is missing, however often it is connected', async () => {
    const element = await fixture(html`<api-key-list></api-key-list>`);
    await waitUntil(() => warnings.length > 0);
    element.remove();
    document.body.append(element);
    await warned();
    element.remove();
    expect(warnings.filter((text) => text.startsWith('<api-key-list>'))).to.deep.equal([
      '<api-key-list> has no client: set base-url (in JavaScript baseUrl) or the property client, on it or on a <cockpit-client> around it.',
    ]);
  });

  it('says that the <cockpit-client> around it is not defined', async () => {
    await fixture(html`<cockpit-client base-url="/v1"><api-key-list></api-key-list></cockpit-client>`);
    await waitUntil(() => warnings.length > 0);
    expect(warnings).to.deep.equal([
      "<api-key-list> has no client: the <cockpit-client> around it is not defined. Import '@ai-cockpit/elements/cockpit-client.js'.",
    ]);
  });

  it('says nothing once it has left, where it has its client by then, or where it needs none', async () => {
    const server = await startServer();
    const left = await fixture(html`<api-key-list></api-key-list>`);
    const late = await fixture<ProfileFormElement>(html`<profile-form></profile-form>`);
    await fixture(html`<secret-reveal></secret-reveal>`);
    left.remove();
    late.client = server.client('ana');
    await appears(late, '#firstName');
    await warned();
    expect(warnings).to.have.length(1);
    await server.close();
  });
});
