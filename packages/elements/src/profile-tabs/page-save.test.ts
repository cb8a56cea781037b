import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aipConsole, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, atRest, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { held, offline, startServer, type TestServer } from '../../test/server.js';
import '../cockpit-client/define.js';
import './define.js';
import type { ProfileTabsElement } from './profile-tabs.js';

const asksBeforeLeaving = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

/** Names and mail settings to save together. */
const twoForms: HostPolicy = {
  ...environmentOperationsCenter,
  sections: [{ id: 'profile' }, { id: 'notifications' }],
  notifications: aipConsole.notifications,
};

describe('<profile-tabs> with one Save for the page', () => {
  let server: TestServer;
  beforeEach(() => {
    history.replaceState(null, '', location.pathname + location.search);
  });
  afterEach(async () => {
    server.fault();
    await server.close();
  });

  const show = async (policy: HostPolicy = environmentOperationsCenter) => {
    server = await startServer(policy);
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`,
    );
    await appears(element, 'profile-form');
    const form = deep(element, 'profile-form');
    await appears(form, '[part="form"]');
    const input = (name: string) => deep<HTMLInputElement>(form, `#${name}`);
    const left = { times: 0 };
    element.addEventListener('profile-page-saved', () => (left.times += 1));
    return { element, form, input, left };
  };
  const stored = () => server.client('ana').profile.get();
  const focusedIn = (element: Element) => element.shadowRoot?.activeElement;

  it('draws one Save, and none in its forms', async () => {
    const { element, form } = await show(twoForms);
    await appears(element, 'notification-settings');
    await says(deep(element, 'notification-settings'), 'mail');
    expect(deepAll(element, '[part="save"]')).to.have.lengthOf(1);
    expect(deepAll(form, '[part="save"]')).to.have.lengthOf(0);
    await atRest(element);
    await expect(element).to.be.accessible();
  });

  it('saves what was typed, says so beside it until the next edit, and tells the host once all is saved', async () => {
    const { element, input } = await show();
    type(input('firstName'), 'Anabel');
    const saved = oneEvent(element, 'profile-page-saved');
    button(element, 'Save').click();
    await saved;
    expect((await stored()).firstName).to.equal('Anabel');
    expect(deep(element, '[part="saved"]').textContent?.trim()).to.equal('Saved');
    expect(textOf(element).match(/Saved/g)).to.have.lengthOf(1);
    await expect(element).to.be.accessible();
    type(input('lastName'), 'B');
    await waitUntil(() => !textOf(element).includes('Saved'), 'it still says so');
  });

  it('tells the host also where there was nothing to save, and sends nothing', async () => {
    const { element } = await show();
    const sent: string[] = [];
    server.fault((request, next) => {
      sent.push(request.method);
      return next(request);
    });
    const saved = oneEvent(element, 'profile-page-saved');
    button(element, 'Save').click();
    await saved;
    expect(sent).to.deep.equal([]);
    await says(element, 'Saved');
  });

  it('lets the host leave from there: nothing asks any more', async () => {
    const { element, input } = await show();
    type(input('firstName'), 'Anabel');
    await nextFrame();
    expect(asksBeforeLeaving()).to.equal(true);
    let asks: boolean | undefined;
    element.addEventListener('profile-page-saved', () => (asks = asksBeforeLeaving()));
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(asks).to.equal(false);
  });

  it('puts the focus on the first field that is wrong, saves nothing of that form, and does not tell the host', async () => {
    const { element, form, input, left } = await show();
    type(input('lastName'), ' ');
    type(input('email'), 'no address');
    button(element, 'Save').click();
    await says(element, 'Some changes were not saved.');
    expect(focusedIn(form) === input('lastName')).to.equal(true);
    expect((await stored()).version).to.equal(1);
    expect(left.times).to.equal(0);
    await expect(element).to.be.accessible();
    type(input('lastName'), 'Alves');
    await waitUntil(() => !textOf(element).includes('Some changes'), 'it still says that something is in the way');
    type(input('email'), 'ana@example.com');
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(left.times).to.equal(1);
  });

  it('asks for what is required also where nothing was typed', async () => {
    server = await startServer(environmentOperationsCenter);
    const { version } = await server.client('zoe').profile.get();
    await server.store.people.update('zoe', version, { lastName: '' });
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs .client=${server.client('zoe')}></profile-tabs>`,
    );
    await appears(element, '#lastName');
    button(element, 'Save').click();
    await says(element, 'Enter last name.');
    await says(element, 'Some changes were not saved.');
  });

  it('keeps what was typed where the server cannot be reached, and saves it later', async () => {
    const { element, input, left } = await show();
    type(input('firstName'), 'Anabel');
    server.fault(offline);
    button(element, 'Save').click();
    await says(element, 'The server could not be reached.');
    await says(element, 'Some changes were not saved.');
    expect(input('firstName').value).to.equal('Anabel');
    expect(left.times).to.equal(0);
    server.fault();
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect((await stored()).firstName).to.equal('Anabel');
  });

  it('saves once where Save is pressed twice, and says that it saves', async () => {
    const { element, input } = await show();
    type(input('firstName'), 'Anabel');
    const { fault, release } = held();
    server.fault(fault);
    button(element, 'Save').click();
    await says(element, 'Saving…');
    button(element, 'Saving…').click();
    release();
    await says(element, 'Saved');
    expect((await stored()).version).to.equal(2);
  });

  it('is pressed by Enter in any field', async () => {
    const { element, input } = await show();
    type(input('firstName'), 'Anabel');
    await sendKeys({ press: 'Enter' });
    await says(element, 'Saved');
    expect((await stored()).firstName).to.equal('Anabel');
  });

  it('has a conflict settled where it is told of', async () => {
    const { element, form, input, left } = await show();
    type(input('firstName'), 'Anabel');
    await server.client('ana').profile.update({ firstName: 'Annie' }, { version: 1 });
    button(element, 'Save').click();
    await says(form, 'You both changed this field.');
    await says(element, 'Some changes were not saved.');
    expect(left.times).to.equal(0);
    await expect(element).to.be.accessible();
    button(form, 'Keep my version').click();
    await says(element, 'Saved');
    expect((await stored()).firstName).to.equal('Anabel');
    expect(left.times).to.equal(1);
  });

  it('takes theirs in a conflict, and goes on from the field', async () => {
    const { element, form, input } = await show();
    type(input('firstName'), 'Anabel');
    await server.client('ana').profile.update({ firstName: 'Annie' }, { version: 1 });
    button(element, 'Save').click();
    await says(form, 'You both changed this field.');
    button(form, 'Use current version').click();
    await says(form, 'The form now shows the saved version.');
    expect(input('firstName').value).to.equal('Annie');
    await waitUntil(() => focusedIn(form) === input('firstName'), 'the field has not the focus');
    await waitUntil(() => !textOf(element).includes('Some changes'), 'it still says that not all is saved');
  });

  it('saves several forms, also where another one cannot be', async () => {
    const { element, form, input, left } = await show(twoForms);
    const address = await appears<HTMLInputElement>(deep(element, 'notification-settings'), '#email');
    type(address, 'mail@example.com');
    type(input('firstName'), ' ');
    button(element, 'Save').click();
    await says(element, 'Some changes were not saved.');
    expect(focusedIn(form) === input('firstName')).to.equal(true);
    expect((await server.client('ana').notificationSettings.get()).email).to.equal('mail@example.com');
    type(input('firstName'), 'Anabel');
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(left.times).to.equal(1);
  });

  for (const layout of ['tabs', 'sections'] as const) {
    it(`as ${layout}, shows the section again in which something is wrong`, async () => {
      const { element, form, input } = await show({ ...twoForms, layout });
      type(input('firstName'), ' ');
      button(element, layout === 'tabs' ? 'Notifications' : 'Profile').click();
      await element.updateComplete;
      expect(form.checkVisibility()).to.equal(false);
      button(element, 'Save').click();
      await waitUntil(() => form.checkVisibility(), 'the form is not shown');
      await waitUntil(() => focusedIn(form) === input('firstName'), 'the field has not the focus');
    });
  }

  it('keeps what one types over a lapsed session, and saves it after signing in', async () => {
    const { element, input } = await show();
    type(input('firstName'), 'Anabel');
    server.lapse('ana');
    const expired = oneEvent(element, 'cockpit-session-expired');
    button(element, 'Save').click();
    await expired;
    await says(element, 'Your session has expired.');
    server.renew('ana');
    button(element, 'Save').click();
    await says(element, 'Saved');
  });

  it('leaves a form that stands alone its own Save', async () => {
    server = await startServer(environmentOperationsCenter);
    const client = server.client('ana');
    const page = await fixture(html`<cockpit-client .client=${client}><profile-form></profile-form></cockpit-client>`);
    const [form = page] = page.children;
    type(await appears<HTMLInputElement>(form, '#firstName'), 'Anabel');
    button(form, 'Save').click();
    await says(form, 'Saved');
  });
});
