import { expect } from '@open-wc/testing';
import { appears, deepAll, says, textOf, waitUntil } from '../page.js';
import { mount, readers, withAvatars } from '../faults/elements.js';
import { forms } from '../faults/forms.js';
import { serverForEachTest, type TestServer } from '../server.js';

describe('signing in again after the session has ended', () => {
  let server: TestServer;
  serverForEachTest((started) => (server = started), withAvatars);

  for (const { name, open } of forms) {
    it(`${name}: its error goes, and it says that the person can go on with what was typed`, async () => {
      const client = server.client('ana');
      const { element, contents, submit, done } = await open(server, client);
      const typed = contents();
      server.lapse('ana');
      submit();
      await says(element, 'Your session has expired.');
      server.renew('ana');
      // As a host does, to see who has signed in.
      await client.profile.get();
      await says(
        element,
        /You are signed in again\. (What you typed is still here\. Save it now|You can go on where you left off)\./,
      );
      expect(textOf(element)).not.to.include('Your session has expired.');
      expect(deepAll(element, '.problem:not(.good)'), 'boxes of errors').to.have.length(0);
      if (typed) expect(contents()).to.equal(typed);
      await expect(element).to.be.accessible();
      submit();
      await done();
    });
  }

  it('elements that could read nothing read again by themselves', async () => {
    const client = server.client('ana');
    await client.organization('acme').apiKeys.create({ description: 'Nightly sync' });
    server.lapse('ana');
    const reader = readers.find(({ tag }) => tag === 'api-key-list') ?? expect.fail();
    const element = await mount(reader, client);
    await says(element, 'Your session has expired.');
    server.renew('ana');
    await client.profile.get();
    await appears(element, reader.content);
    await waitUntil(() => deepAll(element, '[part="problem"]').length === 0);
  });
});
