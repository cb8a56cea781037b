import { expect } from '@open-wc/testing';
import { appears, deep, deepAll, says, settled, textOf, type, waitUntil } from '../page.js';
import { serverForEachTest, type TestServer } from '../server.js';
import { fill, mount, readers, withAvatars } from './elements.js';
import { followed } from './traces.js';

/** Texts that people have on the clipboard when they meant to paste another. */
const pasted = {
  'an API key': `aico_${'0aZ'.repeat(16)}`,
  'an API key of the 8.32 form': `abcD1234.${'0aZ9'.repeat(8)}`,
  'a token of a provider': `ATATT3xFfGF0${'aB3_-='.repeat(25)}`,
  'a header with a token': `Authorization: Bearer eyJhbGciOiJIUzI1NiIs.${'aB3-'.repeat(10)}.x`,
};

const lists = readers.filter(({ tag }) => ['api-key-list', 'provider-token-list', 'activity-log'].includes(tag));

describe('a key pasted into a search', () => {
  let server: TestServer;
  const requests: string[] = [];
  serverForEachTest(async (started) => {
    server = started;
    await fill(server);
    requests.length = 0;
    server.fault((request, next) => {
      requests.push(request.url);
      return next(request);
    });
  }, withAvatars);

  for (const reader of lists) {
    for (const [name, text] of Object.entries(pasted)) {
      it(`<${reader.tag}>, ${name}: says what to do, sends nothing, and keeps it nowhere`, async () => {
        const element = await mount(reader, server.client('ana'));
        await appears(element, reader.content);
        const page = followed();
        const field = deep<HTMLInputElement>(element, '[part="search"]');
        type(field, text);
        await says(element, 'This looks like a token or key, so it was removed. Search by name instead.');
        await settled();
        expect(field.value).to.equal('');
        expect(page.traces(element)).not.to.include(text);
        expect(requests.join()).not.to.include('q=');
        expect(deepAll(element, reader.content).length).to.be.greaterThan(0);
        await expect(element).to.be.accessible();
        // The next search is one like any other.
        type(field, 'nothing like it');
        await says(element, 'matches “nothing like it”');
        expect(textOf(element)).not.to.include('looks like a token');
        page.stop();
      });
    }

    it(`<${reader.tag}>: a key that only the server recognizes: removed, and the whole list is shown`, async () => {
      const secret = 'a-key-of-a-form-that-only-the-server-knows';
      server.fault((request, next) => {
        requests.push(request.url);
        if (!request.url.includes('q=')) return next(request);
        const problem = {
          ...{ type: 'about:blank', title: 'Malformed', status: 400, code: 'malformed', requestId: 'r' },
          errors: [{ path: 'q', code: 'looks_like_secret', message: 'is a key' }],
        };
        return Promise.resolve(
          new Response(JSON.stringify(problem), {
            status: 400,
            headers: { 'content-type': 'application/problem+json', 'x-user-id': 'ana' },
          }),
        );
      });
      const element = await mount(reader, server.client('ana'));
      await appears(element, reader.content);
      const page = followed();
      const field = deep<HTMLInputElement>(element, '[part="search"]');
      type(field, secret);
      await says(element, 'This looks like a token or key, so it was removed. Search by name instead.');
      await waitUntil(() => deepAll(element, '[part="problem"]').length === 0, 'it shows an error');
      await waitUntil(() => deepAll(element, reader.content).length > 0, 'it does not show the list');
      expect(requests.filter((url) => url.includes(secret)).length).to.be.greaterThan(0);
      expect(field.value).to.equal('');
      expect(page.traces(element)).not.to.include(secret);
      page.stop();
    });
  }

  for (const [name, text] of Object.entries(pasted)) {
    it(`<organization-select>, ${name}: says what to do, and keeps it nowhere`, async () => {
      const element = await mount(readers.find(({ tag }) => tag === 'organization-select')!, server.client('ana'));
      const field = await appears<HTMLInputElement>(element, '[role="combobox"]');
      const page = followed();
      type(field, text);
      await says(element, 'This looks like a token or key, so it was removed. Search by name instead.');
      expect(field.value).to.equal('');
      expect(deepAll(element, '[role="option"]')).to.have.length(2);
      expect(page.traces(element)).not.to.include(text);
      await expect(element).to.be.accessible();
      type(field, 'glob');
      await says(element, 'Globex');
      expect(textOf(element)).not.to.include('looks like a token');
      page.stop();
    });
  }

  it('long names, addresses and e-mail addresses are not taken for keys, and are searched for', async () => {
    const element = await mount(lists[0]!, server.client('ana'));
    await appears(element, lists[0]!.content);
    for (const text of [
      'The nightly build of Frontend 12, of all of its branches',
      'https://Acme.example/projects/12/branches/Release',
      'Firstname.Lastname2@department.of.acme.example',
      'nightly-build-of-the-frontend-on-agent-12',
    ]) {
      type(deep<HTMLInputElement>(element, '[part="search"]'), text);
      await says(element, `matches “${text}”`);
    }
  });
});
