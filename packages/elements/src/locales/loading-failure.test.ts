import { expect, fixture, html } from '@open-wc/testing';
import { says } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import type { CockpitErrorEvent } from '../events/cockpit-error-event.js';
import '../profile-form/define.js';

describe('A language that cannot be loaded', () => {
  let server: TestServer;
  beforeEach(async () => {
    document.cookie = 'languages=refused; path=/';
    server = await startServer();
  });
  afterEach(async () => {
    document.cookie = 'languages=; path=/';
    await server.close();
  });

  it('gives way to English, and the host is told once; the next element tries again', async () => {
    const errors: CockpitErrorEvent[] = [];
    const listen = (event: CockpitErrorEvent) => errors.push(event);
    document.body.addEventListener('cockpit-error', listen);
    const client = server.client('ana');
    const element = await fixture(html`<div>
      <profile-form .client=${client} locale="es"></profile-form>
      <profile-form .client=${client} locale="es"></profile-form>
    </div>`);
    for (const form of element.children) await says(form, 'First name');
    expect(errors.length).to.equal(1);
    expect(errors[0]?.error).to.be.instanceOf(TypeError);
    const next = await fixture(html`<profile-form .client=${client} locale="es"></profile-form>`);
    await says(next, 'First name');
    expect(errors.length).to.equal(2);
    document.body.removeEventListener('cockpit-error', listen);
  });
});
