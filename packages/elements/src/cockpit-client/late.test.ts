import { expect } from '@open-wc/testing';
import { appears } from '../../test/page.js';
import { startServer } from '../../test/server.js';
import '../profile-form/define.js';

describe('<cockpit-client> whose module comes late', () => {
  it('is found by the elements below it all the same', async () => {
    const server = await startServer();
    document.body.append(document.createElement('cockpit-client'));
    const client = document.body.querySelector('cockpit-client')!;
    const form = document.createElement('profile-form');
    client.append(form);
    await form.updateComplete;
    expect(customElements.get('cockpit-client')).to.equal(undefined);

    await import('./define.js');
    client.client = server.client('bruno');
    expect((await appears<HTMLInputElement>(form, '#firstName')).value).to.equal('Bruno');
    client.remove();
    await server.close();
  });
});
