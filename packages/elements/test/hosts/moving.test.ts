import { Secret } from '@ai-cockpit/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ApiKeyCreatedEvent, ApiKeyCreateElement } from '../../src/api-key-create/api-key-create.js';
import '../../src/index.js';
import type { ProfileFormElement } from '../../src/profile-form/profile-form.js';
import type { SecretRevealElement } from '../../src/secret-reveal/secret-reveal.js';
import { restoreClipboard, withClipboard } from '../clipboard.js';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../page.js';
import { held, startServer, type TestServer } from '../server.js';

describe('A host that moves elements', () => {
  let server: TestServer;
  let elsewhere: HTMLElement;
  beforeEach(async () => {
    server = await startServer();
    elsewhere = await fixture<HTMLElement>(html`<section></section>`);
  });
  afterEach(async () => {
    restoreClipboard();
    await server.close();
  });

  const requests = () => {
    const sent: string[] = [];
    server.fault((request, next) => {
      sent.push(request.url);
      return next(request);
    });
    return sent;
  };
  const profileForm = async () => {
    const form = await fixture<ProfileFormElement>(
      html`<profile-form .client=${server.client('ana')} lang="en"></profile-form>`,
    );
    await appears(form, '#firstName');
    return form;
  };
  const firstName = (form: Element) => deep<HTMLInputElement>(form, '#firstName');
  const dialogOf = (element: Element) => deep<HTMLDialogElement>(element, 'dialog');
  const createDialog = async () => {
    const element = await fixture<ApiKeyCreateElement>(
      html`<api-key-create .client=${server.client('ana')} organization-id="acme" lang="en"></api-key-create>`,
    );
    (await appears(element, '[part="button"]')).click();
    await appears(element, 'dialog[open]');
    type(deep<HTMLInputElement>(element, '[name="description"]'), 'Nightly report');
    return element;
  };

  it('keeps what was typed, and asks the server for nothing again', async () => {
    const form = await profileForm();
    type(firstName(form), 'Anabel');
    const sent = requests();
    elsewhere.append(form);
    await form.updateComplete;
    expect(firstName(form).value).to.equal('Anabel');
    button(form, 'Save').click();
    await says(form, 'Saved');
    expect(sent.filter((url) => url.endsWith('/policy'))).to.deep.equal([]);
    expect((await server.client('ana').profile.get()).firstName).to.equal('Anabel');
  });

  it('still asks before the page is left, until the element is gone', async () => {
    const wouldAsk = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const form = await profileForm();
    type(firstName(form), 'Anabel');
    await form.updateComplete;
    elsewhere.append(form);
    await form.updateComplete;
    expect(wouldAsk()).to.equal(true);
    form.remove();
    await form.updateComplete;
    expect(wouldAsk()).to.equal(false);
  });

  it('keeps a dialog open and modal, with what was typed in it', async () => {
    const element = await createDialog();
    elsewhere.append(element);
    await element.updateComplete;
    expect(dialogOf(element).matches(':modal')).to.equal(true);
    expect(deep<HTMLInputElement>(element, '[name="description"]').value).to.equal('Nightly report');
    deep(element, '[part="submit"]').click();
    expect((await oneEvent<ApiKeyCreatedEvent>(element, 'api-key-created')).apiKey.description).to.equal(
      'Nightly report',
    );
  });

  it('shows the answer of a request in progress', async () => {
    withClipboard();
    const element = await createDialog();
    const created: string[] = [];
    element.addEventListener('api-key-created', ({ apiKey }) => created.push(apiKey.description ?? ''));
    const { fault, release } = held();
    server.fault(fault);
    deep(element, '[part="submit"]').click();
    await element.updateComplete;
    elsewhere.append(element);
    await element.updateComplete;
    release();
    await says(element, 'Copy it now and store it somewhere safe.');
    expect(deep<HTMLTextAreaElement>(element, 'textarea').value).to.match(/^aico_/);
    expect(created).to.deep.equal(['Nightly report']);
    expect((await server.client('ana').organization('acme').apiKeys.list()).data).to.have.length(1);
  });

  it('an event says that a shown value was lost', async () => {
    const element = await createDialog();
    deep(element, '[part="submit"]').click();
    await says(element, 'Copy it now and store it somewhere safe.');
    elsewhere.append(element);
    await waitUntil(() => deepAll(element, '[role="alert"]').length === 1);
    expect(deepAll(element, 'textarea')).to.deep.equal([]);
    button(element, 'Close').click();
    await waitUntil(() => deepAll(element, 'dialog').length === 0);
  });

  it('keeps a shown secret where the browser moves elements atomically', async () => {
    const reveal = await fixture<SecretRevealElement>(
      html`<secret-reveal label="API key" .secret=${new Secret('aico_value')} lang="en"></secret-reveal>`,
    );
    // Not every browser has it yet: then the test before says what happens.
    const moveBefore = (elsewhere as { moveBefore?: (node: Node, before: Node | null) => void }).moveBefore;
    moveBefore?.call(elsewhere, reveal, null);
    await reveal.updateComplete;
    expect(reveal.parentElement === elsewhere).to.equal(moveBefore !== undefined);
    expect(deep<HTMLTextAreaElement>(reveal, 'textarea').value).to.equal('aico_value');
  });

  it('connects them to their new ancestors', async () => {
    const places = await fixture<HTMLElement>(html`<div>
      <cockpit-client id="ana" .client=${server.client('ana')}><profile-form></profile-form></cockpit-client>
      <cockpit-client id="bruno" .client=${server.client('bruno')}></cockpit-client>
    </div>`);
    const form = places.querySelector('profile-form')!;
    await appears(form, '#firstName');
    places.querySelector('#bruno')?.append(form);
    await waitUntil(() => deepAll<HTMLInputElement>(form, '#firstName')[0]?.value === 'Bruno');
    places.querySelector<HTMLElement & { client?: unknown }>('#ana')!.client = server.client('carla');
    await form.updateComplete;
    expect(firstName(form).value).to.equal('Bruno');
  });

  it('moves a client with all elements below it, without loss', async () => {
    const token = server.session({ subject: 'ana', loginName: 'ana', firstName: 'Ana', lastName: 'Almeida' });
    const realFetch = window.fetch.bind(window);
    window.fetch = (...request) => server.fetch(new Request(...request));
    const client = await fixture(
      html`<cockpit-client base-url=${server.baseUrl} .getAccessToken=${() => token}
        ><profile-form lang="en"></profile-form
      ></cockpit-client>`,
    );
    const form = client.querySelector('profile-form')!;
    await appears(form, '#firstName');
    type(firstName(form), 'Anabel');
    elsewhere.append(client);
    await form.updateComplete;
    expect(firstName(form).value).to.equal('Anabel');
    button(form, 'Save').click();
    await says(form, 'Saved');
    window.fetch = realFetch;
  });

  it('puts them into shadow roots', async () => {
    const form = await profileForm();
    type(firstName(form), 'Anabel');
    elsewhere.attachShadow({ mode: 'closed' }).append(form);
    await form.updateComplete;
    button(form, 'Save').click();
    await says(form, 'Saved');
  });

  it('puts them into another document and back, with their styles', async () => {
    const form = await profileForm();
    const looks = () => {
      const save = button(form, 'Save');
      const { backgroundColor, borderRadius, minBlockSize } = getComputedStyle(save);
      return { backgroundColor, borderRadius, minBlockSize };
    };
    const before = looks();
    const frame = await fixture<HTMLIFrameElement>(html`<iframe></iframe>`);
    const other = frame.contentDocument!;
    other.body.append(form);
    await form.updateComplete;
    expect(form.ownerDocument).to.equal(other);
    expect(looks()).to.deep.equal(before);
    type(firstName(form), 'Anabel');
    button(form, 'Save').click();
    await says(form, 'Saved');
    elsewhere.append(form);
    await form.updateComplete;
    expect(looks()).to.deep.equal(before);
    expect(firstName(form).value).to.equal('Anabel');
  });

  it('makes them for another document', async () => {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe></iframe>`);
    const form = document.createElement('profile-form');
    form.client = server.client('ana');
    frame.contentDocument!.body.append(form);
    await appears(form, '#firstName');
    expect(getComputedStyle(button(form, 'Save')).borderRadius).to.equal('8px');
  });
});
