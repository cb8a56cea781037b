import { Secret } from '@ai-cockpit/sdk';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import '../../src/index.js';
import { restoreClipboard, withClipboard } from '../clipboard.js';
import { browserAt } from '../one-truth/browser.js';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../page.js';
import { offline, startServer, type TestServer } from '../server.js';
import { fill, readers, recovers, withAvatars } from './elements.js';
import { forms } from './forms.js';

const policy = [
  "default-src 'none'",
  // The server's database runs in this page, which a host's does not.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self' ws:",
  "img-src 'self' blob:",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

/** From now on and for good: each test file has a page of its own. */
const makeStrict = (): SecurityPolicyViolationEvent[] => {
  const violations: SecurityPolicyViolationEvent[] = [];
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event));
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = policy;
  document.head.append(meta);
  return violations;
};

describe('a host with a strict Content Security Policy', () => {
  let server: TestServer;
  let violations: SecurityPolicyViolationEvent[];
  const told = () => violations.map(({ effectiveDirective, sample }) => `${effectiveDirective}: ${sample}`);
  before(async () => {
    // Files with a URL of their own are loaded before.
    server = await startServer(withAvatars);
    await fill(server);
    violations = makeStrict();
  });
  after(() => server.close());
  afterEach(() => {
    server.fault();
    restoreClipboard();
  });

  it('54 a violation is reported: the control', async () => {
    const element = document.createElement('p');
    element.setAttribute('style', 'color: red');
    document.body.append(element);
    await waitUntil(() => violations.length > 0, 'nothing was noticed');
    element.remove();
    violations.length = 0;
  });

  for (const reader of readers) {
    it(`54 <${reader.tag}>: no violation while it reads, fails and recovers`, async () => {
      server.fault(offline);
      const element = await fixture<HTMLElement>(reader.template(server.client('ana')));
      await waitUntil(() => deepAll(element, '[part="retry"]').length > 0);
      server.fault();
      await recovers(element, reader);
      await nextFrame();
      expect(told()).to.deep.equal([]);
    });
  }

  for (const { name, open } of forms) {
    it(`54 ${name}: no violation from typing to completion`, async () => {
      const own = await startServer(withAvatars);
      const { submit, element, done } = await open(own, own.client('ana'));
      own.fault(offline);
      submit();
      await says(element, 'The server could not be reached.');
      own.fault();
      submit();
      await done();
      await nextFrame();
      expect(told()).to.deep.equal([]);
      await own.close();
    });
  }

  it('54 a conflict: no violation', async () => {
    const element = await fixture<HTMLElement>(html`<profile-form .client=${server.client('ana')}></profile-form>`);
    type(await appears(element, '#firstName'), 'Anabel');
    const { version } = await server.client('ana').profile.get();
    await server.client('ana').profile.update({ firstName: 'Annie' }, { version });
    deep(element, '[part="save"]').click();
    await says(element, 'You both changed this field.');
    button(element, 'Use current version').click();
    await says(element, 'The form now shows the saved version.');
    expect(told()).to.deep.equal([]);
  });

  it('54 <secret-reveal>, copied and closed: no violation', async () => {
    withClipboard();
    const element = await fixture<HTMLElement>(
      html`<secret-reveal .secret=${new Secret('a-secret')} label="API key"></secret-reveal>`,
    );
    button(element, 'Copy').click();
    await says(element, 'Copied');
    button(element, 'Done').click();
    await nextFrame();
    expect(told()).to.deep.equal([]);
  });

  it('54 <cockpit-client> with an open <organization-select>: no violation', async () => {
    const element = await fixture<HTMLElement>(
      html`<cockpit-client .client=${server.client('ana')}><organization-select></organization-select></cockpit-client>`,
    );
    const chooser = element.querySelector('organization-select')!;
    (await appears(chooser, '[role="combobox"]')).click();
    (await appears(chooser, '[role="option"]')).click();
    await nextFrame();
    expect(told()).to.deep.equal([]);
  });

  it('55 all elements: requests go to the base URL only', async () => {
    const asked: string[] = [];
    const browser = browserAt(server);
    browser.open();
    const openFetch = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      asked.push(new Request(input, init).url);
      return openFetch(input, init);
    };
    performance.clearResourceTimings();
    const { length } = performance.getEntriesByType('resource');
    const element = await fixture<HTMLElement>(
      html`<cockpit-client base-url=${server.baseUrl} locale="en">
        <organization-select></organization-select><profile-tabs></profile-tabs>
        <provider-token-list></provider-token-list><provider-token-form></provider-token-form>
        <api-key-list></api-key-list><api-key-create></api-key-create><profile-form></profile-form>
        <profile-avatar></profile-avatar><profile-menu></profile-menu><activity-log></activity-log>
        <api-key-single></api-key-single><notification-settings></notification-settings>
      </cockpit-client>`,
    );
    for (const { tag, content } of readers) await appears(element.querySelector(tag)!, content);
    globalThis.fetch = openFetch;
    browser.close();
    expect(asked).not.to.deep.equal([]);
    expect(asked.filter((url) => !url.startsWith(`${server.baseUrl}/`))).to.deep.equal([]);
    const loaded = performance.getEntriesByType('resource').slice(length);
    expect(loaded.map(({ name }) => name).filter((url) => new URL(url).origin !== location.origin)).to.deep.equal([]);
    expect(told()).to.deep.equal([]);
  });
});
