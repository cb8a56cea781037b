import { createCockpit, Secret } from '@ai-cockpit/sdk';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { SecretRevealElement, SecretRevealEvent } from '../../src/secret-reveal/secret-reveal.js';
import { browserAt } from '../one-truth/browser.js';
import { appears, button, deep, deepAll, says, settled, textOf, type, waitUntil } from '../page.js';
import { chooseFile, photo, pictureFile } from '../pictures.js';
import { type Fault, held, offline, serverForEachTest, type TestServer } from '../server.js';
import { atEase, fill, mount, readers, recovers, withAvatars } from './elements.js';
import { onlyOn, writing } from './faults.js';
import { canary, type FormCase, forms } from './forms.js';
import { followed } from './traces.js';

/** The browser leaves the page, and keeps it. */
const leave = () => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
/** Back: the browser shows the page as it was left. */
const comeBack = () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

/** Waits until the bytes behind an object URL cannot be read any more. */
const isRevoked = (url: string) =>
  waitUntil(
    () =>
      fetch(url).then(
        () => false,
        () => true,
      ),
    'the picture can still be read',
  );

const isVisible = (element: Element) => element.checkVisibility({ visibilityProperty: true });

/** Whether a line of a form's contents is a secret, which is not kept. */
const isSecret = (line: string) => line.startsWith('values.token=');
const open = (contents: string) =>
  contents
    .split('\n')
    .filter((line) => !isSecret(line))
    .join('\n');

const asksBeforeLeaving = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

const formsThatWrite = forms.filter(({ name }) => !name.endsWith('deleting'));
const formNamed = (wanted: string): FormCase => {
  const found = forms.find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no ${wanted}.`);
  return found;
};

describe('75 a page restored by Back reads the signed-in person again', () => {
  let server: TestServer;
  serverForEachTest((started) => {
    server = started;
    return fill(server);
  }, withAvatars);

  for (const reader of readers) {
    const { tag, reads, content } = reader;

    it(`75 <${tag}>: shows nothing before the server has answered, then the same to the same person`, async () => {
      const element = await mount(reader, server.client('ana'));
      await appears(element, content);
      await atEase(element);
      const { fault, release } = held();
      const requests: string[] = [];
      server.fault((request, next) => {
        requests.push(new URL(request.url).pathname);
        return fault(request, next);
      });
      leave();
      comeBack();
      await nextFrame();
      expect(deepAll(element, content).some(isVisible)).to.equal(false);
      release();
      await waitUntil(() => isVisible(deep(element, content)), 'it did not come back');
      // The providers are configuration, and nobody's.
      for (const path of reads.filter((path) => path !== '/providers'))
        expect(
          requests.some((request) => request.endsWith(path)),
          path,
        ).to.equal(true);
    });

    it(`75 <${tag}>: shows nothing of a person who has signed out`, async () => {
      const client = server.client('ana');
      const element = await mount(reader, client);
      await appears(element, content);
      await atEase(element);
      leave();
      server.lapse('ana');
      let ends = 0;
      element.addEventListener('cockpit-session-expired', () => (ends += 1));
      comeBack();
      await waitUntil(() => ends > 0, 'the host was not told');
      await waitUntil(() => deepAll(element, content).length === 0, 'it is still there');
      await says(element, /Your session has expired|You are not signed in|could not be loaded|Try again/);
      await waitUntil(() => isVisible(deep(element, '[part="problem"], [part="retry"]')), 'it says nothing');
    });

    it(`75 <${tag}>: shows nothing where the server cannot be asked, and all of it once it can`, async () => {
      const element = await mount(reader, server.client('ana'));
      await appears(element, content);
      await atEase(element);
      leave();
      server.fault(offline);
      comeBack();
      await appears(element, '[part="retry"]');
      await waitUntil(() => deepAll(element, content).length === 0, 'it is still there');
      server.fault();
      await recovers(element, reader);
      expect(isVisible(deep(element, content))).to.equal(true);
    });
  }

  it('75 shows the other person’s data, and nothing of the former one’s, where somebody else has signed in', async () => {
    const browser = browserAt(server);
    const elements = await Promise.all(
      readers.map(async (reader) => ({ reader, element: await mount(reader, browser.client()) })),
    );
    for (const { reader, element } of elements) await appears(element, reader.content);
    leave();
    browser.signIn('dora');
    comeBack();
    for (const { reader, element } of elements) {
      const values = () =>
        [textOf(element), ...deepAll<HTMLInputElement>(element, 'input, textarea').map(({ value }) => value)].join(' ');
      await atEase(element);
      await waitUntil(() => !/Ana|Souza|Acme|Platform|Nightly/.test(values()), `${reader.tag} shows the former person`);
    }
  });

  it('75 <profile-menu>: shows neither name nor picture before the server has answered, nor after a sign-out', async () => {
    const { profile } = server.client('ana');
    await profile.setAvatar(await pictureFile(), { version: 1 });
    const element = await fixture<HTMLElement>(html`<profile-menu .client=${server.client('ana')}></profile-menu>`);
    const { src } = await appears<HTMLImageElement>(element, '[part="avatar"] img');
    deep(element, '[part="button"]').click();
    const { fault, release } = held();
    server.fault(fault);
    leave();
    server.lapse('ana');
    comeBack();
    await nextFrame();
    expect(deepAll(element, '*').some(isVisible)).to.equal(false);
    release();
    await appears(element, '[part="retry"]');
    expect(element.shadowRoot!.innerHTML).not.to.match(/Ana|Souza|Administrator/);
    expect(deepAll(element, 'img')).to.have.length(0);
    await isRevoked(src);
  });

  it('75 <profile-menu>: shows the person who has signed in meanwhile', async () => {
    const browser = browserAt(server);
    const element = await fixture<HTMLElement>(html`<profile-menu .client=${browser.client()}></profile-menu>`);
    await appears(element, '[part="person"]');
    leave();
    browser.signIn('dora');
    comeBack();
    await waitUntil(() => element.shadowRoot!.innerHTML.includes('Dora'), 'it does not show Dora');
    expect(element.shadowRoot!.innerHTML).not.to.match(/Ana|Souza/);
  });

  it('75 the focus returns with the restored content', async () => {
    const element = await mount(readers[0]!, server.client('ana'));
    const field = await appears<HTMLInputElement>(element, '#firstName');
    field.focus();
    const { fault, release } = held();
    server.fault(fault);
    leave();
    comeBack();
    await nextFrame();
    await nextFrame();
    release();
    await waitUntil(() => isVisible(field), 'it did not come back');
    expect(element.shadowRoot?.activeElement === field).to.equal(true);
  });

  it('75 the first load of a page reads the person once', async () => {
    const requests: string[] = [];
    server.fault((request, next) => {
      requests.push(request.url);
      return next(request);
    });
    const element = await mount(readers[0]!, server.client('ana'));
    await appears(element, '#firstName');
    const before = requests.length;
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    await nextFrame();
    expect(isVisible(deep(element, '#firstName'))).to.equal(true);
    expect(requests.length).to.equal(before);
  });
});

describe('75 a page that is left clears every secret', () => {
  let server: TestServer;
  serverForEachTest((started) => (server = started), withAvatars);

  for (const persisted of [true, false]) {
    it(`75 <secret-reveal>: its value, and says so${persisted ? '' : ', whether the browser keeps the page or not'}`, async () => {
      const secret = new Secret(canary);
      const element = await fixture<SecretRevealElement>(
        html`<secret-reveal label="API key" .secret=${secret} lang="en"></secret-reveal>`,
      );
      const field = deep<HTMLTextAreaElement>(element, 'textarea');
      const dismissals: boolean[] = [];
      element.addEventListener('secret-dismissed', ({ isLost }: SecretRevealEvent) => dismissals.push(isLost));
      expect(asksBeforeLeaving()).to.equal(true);
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted }));
      expect(field.value).to.equal('');
      expect(element.secret).to.equal(null);
      expect(() => secret.reveal()).to.throw(TypeError);
      comeBack();
      await says(element, 'The value is no longer shown because you left this page.');
      expect(dismissals).to.deep.equal([true]);
      expect(asksBeforeLeaving()).to.equal(false);
      await expect(element).to.be.accessible();

      element.secret = new Secret('another');
      await element.updateComplete;
      expect(deep<HTMLTextAreaElement>(element, 'textarea').value).to.equal('another');
      expect(textOf(element)).not.to.include('no longer shown');
    });
  }

  it('75 <secret-reveal>: a stored value is dismissed as by Done', async () => {
    const element = await fixture<SecretRevealElement>(
      html`<secret-reveal label="API key" .secret=${new Secret(canary)} lang="en"></secret-reveal>`,
    );
    const dismissals: boolean[] = [];
    element.addEventListener('secret-dismissed', ({ isLost }) => dismissals.push(isLost));
    const field = deep<HTMLTextAreaElement>(element, 'textarea');
    field.select();
    field.dispatchEvent(new ClipboardEvent('copy', { bubbles: true, composed: true }));
    leave();
    comeBack();
    await element.updateComplete;
    expect(dismissals).to.deep.equal([false]);
    expect(textOf(element)).to.equal('');
  });

  for (const name of ['<api-key-create>', '<api-key-single>']) {
    it(`75 ${name}: a new key’s value, and says that it cannot be shown again`, async () => {
      const page = followed();
      const { element, submit, done } = await formNamed(name).open(server, server.client('ana'));
      submit();
      await done();
      const { value } = deep<HTMLTextAreaElement>(element, 'textarea');
      leave();
      expect(deepAll<HTMLTextAreaElement>(element, 'textarea').map(({ value }) => value)).to.not.include(value);
      comeBack();
      await says(element, /The API key “Mine” was created, but its value cannot be shown again/);
      expect(page.traces(element)).not.to.include(value);
      expect(asksBeforeLeaving()).to.equal(false);
      page.stop();
    });

    it(`75 ${name}: a value that arrives after the page was left is not shown; the same request brings it`, async () => {
      const form = formNamed(name);
      const { element, contents, submit, done } = await form.open(server, server.client('ana'));
      const { fault, release } = held();
      let value: string | undefined;
      server.fault(
        onlyOn(writing, async (request, next) => {
          const answer = await next(request);
          value = ((await answer.clone().json()) as { secret?: string }).secret;
          // The server has done it; the answer is on its way.
          return fault(request, () => Promise.resolve(answer));
        }),
      );
      submit();
      await waitUntil(() => value !== undefined, 'nothing was asked for');
      leave();
      release();
      comeBack();
      await says(element, 'You left this page before the server answered.');
      await atEase(element);
      expect(deepAll(element, 'textarea')).to.have.length(0);
      expect(contents()).to.include('description=Mine');
      server.fault();
      submit();
      await done();
      expect(deep<HTMLTextAreaElement>(element, 'textarea').value).to.equal(value);
      expect(await form.outcome(server)).to.deep.equal(form.wanted);
    });
  }

  it('75 the SDK: aborts requests with a secret, even if `fetch` ignores the signal, and no others', async () => {
    const { fault, release } = held();
    const ana = server.connection('ana');
    const deaf = createCockpit({
      ...ana,
      fetch: (request) => fault(request, (request) => ana.fetch(new Request(request, { signal: null }))),
      retry: { limit: 0 },
    });
    const acme = deaf.organization('acme');
    const created = acme.apiKeys.create({ description: 'Never seen' }).catch((error: unknown) => error);
    const read = deaf.profile.get();
    leave();
    release();
    expect(await created).to.include({ name: 'PageLeftError', code: 'page_left' });
    expect((await read).firstName).to.equal('Ana');
    // The page goes on as before.
    const { secret } = await acme.apiKeys.create({ description: 'Seen' });
    expect(secret?.reveal()).to.be.a('string');
    secret?.dispose();
  });

  for (const { name, open: openForm } of forms) {
    it(`75 ${name}: shows no field and no dialog before the server has answered, then the same again`, async () => {
      const { element } = await openForm(server, server.client('ana'));
      const shown = () => deepAll(element, 'dialog, input, select, button').filter(isVisible);
      const before = shown();
      const { fault, release } = held();
      server.fault(fault);
      leave();
      comeBack();
      await nextFrame();
      expect(shown()).to.deep.equal([]);
      release();
      await waitUntil(() => shown().length === before.length, 'it did not come back');
    });
  }

  for (const { name, open: openForm, outcome, wanted } of formsThatWrite) {
    it(`75 ${name}: keeps what the same person had typed, but no secret`, async () => {
      const { element, contents, submit, done } = await openForm(server, server.client('ana'));
      const typed = contents();
      const takesSecret = deepAll<HTMLInputElement>(element, '[type="password"]').some(({ value }) => value !== '');
      leave();
      expect(deepAll<HTMLInputElement>(element, '[type="password"]').every(({ value }) => value === '')).to.equal(true);
      comeBack();
      await waitUntil(() => deepAll(element, '.veiled').length === 0, 'it did not come back');
      expect(open(contents())).to.equal(open(typed));
      expect(textOf(element).includes('were cleared when you left this page')).to.equal(takesSecret);
      if (takesSecret) {
        type(deep(element, '[type="password"]'), canary);
        await nextFrame();
        expect(textOf(element)).not.to.include('were cleared');
      }
      submit();
      await done();
      expect(await outcome(server)).to.deep.equal(wanted);
    });
  }

  it('75 <provider-token-form>: sends no request that would save without the secret', async () => {
    const form = formNamed('<provider-token-form>, editing');
    const { element, submit } = await form.open(server, server.client('ana'));
    const tokens = server.client('ana').organization('acme').providerTokens;
    const [token] = (await tokens.list()).data;
    type(deep(element, '[name="values.token"]'), canary);
    // Somebody else is first, with what is not shown: then the change is sent a second time.
    await tokens.update(token!.id, { values: { token: 'another' } }, { version: token!.version });
    const { fault, release } = held();
    const asked: string[] = [];
    const again: Fault = (request, next) => {
      asked.push(request.method);
      return request.method === 'GET' ? fault(request, next) : next(request);
    };
    server.fault(again);
    submit();
    await waitUntil(() => asked.includes('GET'), 'it was not read again');
    leave();
    release();
    await waitUntil(() => textOf(element).includes('You left this page before the server answered.'));
    await atEase(element);
    expect(asked.filter((method) => method === 'PATCH')).to.have.length(1);
    expect((await tokens.get(token!.id)).name).to.equal('Platform');
    await says(element, 'were cleared when you left this page');
  });

  for (const { name, open: openForm } of formsThatWrite) {
    it(`75 ${name}: clears the text typed by a person who has signed out, without a question`, async () => {
      const { element } = await openForm(server, server.client('ana'));
      leave();
      server.lapse('ana');
      comeBack();
      await waitUntil(() => deepAll(element, '.veiled').length === 0, 'it did not come back');
      await says(element, /session has expired|not signed in/);
      expect(asksBeforeLeaving()).to.equal(false);
    });
  }

  for (const { name, open: openForm } of formsThatWrite) {
    it(`75 ${name}: server unreachable at first, then session ended: the typed text is cleared`, async () => {
      const { element } = await openForm(server, server.client('ana'));
      leave();
      server.fault(offline);
      comeBack();
      await appears(element, '[part="retry"]');
      await atEase(element);
      server.lapse('ana');
      server.fault();
      for (const retry of deepAll(element, '[part="retry"]')) retry.click();
      await says(element, /session has expired|not signed in/);
      await waitUntil(() => !asksBeforeLeaving(), 'the browser still asks about what was typed');
    });
  }

  it('75 <profile-avatar>: a photo that is not saved cannot be read while the server is not reached, and is kept for the same person', async () => {
    const { element, contents } = await formNamed('<profile-avatar>').open(server, server.client('ana'));
    const url = contents();
    leave();
    server.fault(offline);
    comeBack();
    await appears(element, '[part="retry"]');
    await isRevoked(url);
    server.fault();
    deep(element, '[part="retry"]').click();
    await appears(element, '[part="save"]');
    expect((await fetch(contents())).ok).to.equal(true);
  });

  it('75 <profile-avatar>: a photo that is not saved cannot be read once its person has signed out', async () => {
    const { element, contents } = await formNamed('<profile-avatar>').open(server, server.client('ana'));
    const url = contents();
    leave();
    server.lapse('ana');
    comeBack();
    await says(element, /session has expired|not signed in/);
    await isRevoked(url);
    expect(deepAll(element, 'img')).to.have.length(0);
  });

  it('75 <profile-avatar>: a photo that is not saved is neither shown to the next person nor saved for them', async () => {
    const browser = browserAt(server);
    const { element, contents } = await formNamed('<profile-avatar>').open(server, browser.client());
    const url = contents();
    leave();
    browser.signIn('dora');
    comeBack();
    await isRevoked(url);
    await appears(element, '[part="edit"]');
    expect(deepAll(element, 'img, [part="save"]')).to.have.length(0);
    expect(asksBeforeLeaving()).to.equal(false);
  });

  it('75 <profile-avatar>: a photo still being decoded when the page is left is not shown to another person', async () => {
    const browser = browserAt(server);
    const element = await fixture<HTMLElement>(html`<profile-avatar .client=${browser.client()}></profile-avatar>`);
    await appears(element, '[part="edit"]');
    chooseFile(element, await photo(3000, 2000));
    await waitUntil(() => deepAll(element, '[aria-busy="true"]').length > 0, 'it is not being read');
    leave();
    browser.signIn('dora');
    comeBack();
    await waitUntil(() => textOf(element) !== '' && deepAll(element, '.veiled').length === 0, 'it did not come back');
    await atEase(element);
    await settled();
    expect(deepAll(element, 'img, [part="save"]')).to.have.length(0);
  });

  for (const tag of ['provider-token-list', 'profile-tabs']) {
    it(`75 <${tag}>: a secret that is typed into its dialog`, async () => {
      const reader = readers.find((it) => it.tag === tag);
      const element = await mount(reader!, server.client('ana'));
      if (tag === 'profile-tabs') {
        await appears(element, '[role="tab"]');
        button(element, 'Providers').click();
      }
      await waitUntil(() => deepAll(element, '[part="add"]').some(isVisible));
      deepAll(element, '[part="add"]').find(isVisible)!.click();
      const provider = await appears<HTMLSelectElement>(element, 'select[name="provider"]');
      provider.value = 'jira';
      provider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      const field = await appears<HTMLInputElement>(element, '[name="values.token"]');
      type(field, canary);
      const page = followed();
      leave();
      expect(field.value).to.equal('');
      comeBack();
      await says(element, 'were cleared when you left this page');
      expect(page.traces(element)).not.to.include(canary);
      page.stop();
    });
  }
});
