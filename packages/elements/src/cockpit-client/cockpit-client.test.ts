import { NetworkError } from '@ai-cockpit/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, deep, waitUntil } from '../../test/page.js';
import { offline, startServer, type TestServer } from '../../test/server.js';
import type { CockpitErrorEvent } from '../events/cockpit-error-event.js';
import '../api-key-list/define.js';
import '../organization-select/define.js';
import '../profile-form/define.js';
import './define.js';
import type { CockpitClientElement } from './cockpit-client.js';

describe('<cockpit-client>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  it('gives its client, organization and locale to the elements below it', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client .client=${server.client('ana')} organization-id="globex" locale="en">
        <div><profile-form></profile-form></div>
      </cockpit-client>`,
    );
    const form = element.querySelector('profile-form')!;
    expect((await appears<HTMLInputElement>(form, '#role')).value).to.equal('Member');
    element.organizationId = 'acme';
    await waitUntil(() => form.shadowRoot?.querySelector<HTMLInputElement>('#role')?.value === 'Administrator');
  });

  it('shows another person nothing of the one before', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client .client=${server.client('ana')}><profile-form></profile-form></cockpit-client>`,
    );
    const form = element.querySelector('profile-form')!;
    await appears(form, '#firstName');
    element.client = server.client('bruno');
    await element.updateComplete;
    await form.updateComplete;
    expect(form.shadowRoot?.querySelector('#firstName')).to.equal(null);
    await appears(form, '#firstName');
    expect(deep<HTMLInputElement>(form, '#firstName').value).to.equal('Bruno');
  });

  it('follows an organization that is chosen below it', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client .client=${server.client('ana')}>
        <organization-select></organization-select><profile-form></profile-form>
      </cockpit-client>`,
    );
    const form = element.querySelector('profile-form')!;
    expect((await appears<HTMLInputElement>(form, '#role')).value).to.equal('Administrator');
    const input = await appears(element.querySelector('organization-select')!, '[role="combobox"]');
    input.click();
    (await appears(element.querySelector('organization-select')!, '[role="option"]:last-of-type')).click();
    await waitUntil(() => form.shadowRoot?.querySelector<HTMLInputElement>('#role')?.value === 'Member');
    expect(element.organizationId).to.equal('globex');
  });

  it('tells of what failed behind what is shown, which stays as it was', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client .client=${server.client('ana')}><profile-form></profile-form></cockpit-client>`,
    );
    const form = element.querySelector('profile-form')!;
    await appears(form, '#firstName');
    const elsewhere = server.client('ana');
    await elsewhere.profile.get();
    const failed = oneEvent<CockpitErrorEvent>(element, 'cockpit-error');
    server.fault((request, next) => (request.method === 'GET' ? offline(request, next) : next(request)));
    await elsewhere.profile.update({ firstName: 'Anabel' }, { version: 1 });
    expect((await failed).error).to.be.instanceOf(NetworkError);
    expect(deep<HTMLInputElement>(form, '#firstName').value).to.equal('Ana');
  });

  it('tells once that the session has ended, however many elements it stops, and again after the next', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client .client=${server.client('ana')}>
        <profile-form></profile-form><organization-select></organization-select><api-key-list></api-key-list>
      </cockpit-client>`,
    );
    const [form, list] = [element.querySelector('profile-form')!, element.querySelector('api-key-list')!];
    await appears(form, '#firstName');
    await appears(list, '[part="create"]');
    let told = 0;
    element.addEventListener('cockpit-session-expired', () => (told += 1));
    for (const lapses of [1, 2]) {
      server.lapse('ana');
      const everywhere = Promise.all([form, list].map((one) => oneEvent(one, 'cockpit-session-expired')));
      // Read again in every organization.
      element.organizationId = lapses === 1 ? 'globex' : 'acme';
      await everywhere;
      await waitUntil(() => told === lapses);
      server.renew('ana');
      for (const one of [form, list]) button(one, 'Try again').click();
      await appears(form, '#firstName');
      await appears(list, '[part="toolbar"], [part="empty"], [part="denied"]');
    }
    expect(told).to.equal(2);
  });

  it('gives way to what an element says for itself', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client .client=${server.client('ana')}>
        <profile-form .client=${server.client('bruno')}></profile-form>
      </cockpit-client>`,
    );
    const form = element.querySelector('profile-form')!;
    expect((await appears<HTMLInputElement>(form, '#firstName')).value).to.equal('Bruno');
  });

  it('takes properties that were set before it was defined', async () => {
    // A framework may create the element before its module has loaded.
    const detached = document.implementation.createHTMLDocument().createElement('cockpit-client');
    Object.assign(detached, { client: server.client('ana') });
    const form = document.createElement('profile-form');
    detached.append(form);
    document.body.append(detached);
    expect((await appears<HTMLInputElement>(form, '#firstName')).value).to.equal('Ana');
    detached.remove();
  });
});
