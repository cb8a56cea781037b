import { expect, fixture, html } from '@open-wc/testing';
import type { CockpitErrorEvent } from '../../src/events/cockpit-error-event.js';
import '../../src/index.js';
import { appears, button, says, textOf, waitUntil } from '../page.js';
import { fill, mount, readers, withAvatars } from '../faults/elements.js';
import { onlyAt } from '../faults/faults.js';
import { type Fault, startServer, type TestServer } from '../server.js';

/** Records console warnings and `cockpit-error` events. */
const watch = () => {
  const { warn } = console;
  const said: string[] = [];
  const errors: unknown[] = [];
  const hear = ({ error }: CockpitErrorEvent) => void errors.push(error);
  console.warn = (...values: unknown[]) => void said.push(values.map(String).join(' '));
  window.addEventListener('cockpit-error', hear);
  const stop = () => {
    console.warn = warn;
    window.removeEventListener('cockpit-error', hear);
  };
  return { said, errors, stop };
};

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): Fault =>
  () =>
    Promise.resolve(new Response(body, { status, headers: { 'content-type': 'text/html', ...headers } }));

/** Changes one member of an answer, as a backend that was written by hand may. */
const changed =
  (change: (json: Record<string, unknown>) => unknown): Fault =>
  async (request, next) => {
    const response = await next(request);
    const body = change((await response.json()) as Record<string, unknown>);
    return new Response(JSON.stringify(body), { status: response.status, headers: response.headers });
  };

describe('answers of another backend that do not fit the contract', () => {
  let server: TestServer;
  /* A warning is given once a page: these tests share one page. */
  let watched: ReturnType<typeof watch>;
  before(async () => {
    watched = watch();
    server = await startServer(withAvatars);
  });
  after(async () => {
    watched.stop();
    await server.close();
  });
  afterEach(() => {
    watched.errors.length = 0;
    server.closeClients();
    server.fault();
  });

  for (const reader of readers) {
    it(`are reported on the console and by an event: <${reader.tag}>`, async () => {
      for (const place of reader.reads) {
        const member = `missing-in-${reader.tag}${place}`;
        server.fault(
          onlyAt(place, answer(200, JSON.stringify({ [member]: 'canary' }), { 'content-type': 'application/json' })),
        );
        const element = await mount(reader, server.client('ana'));
        await says(element, /unexpected response|could not be loaded/);
        expect(watched.errors.at(-1), place).to.include({ code: 'contract', url: null });
        const { message } = watched.errors.at(-1) as Error;
        expect(message).to.match(/^The answer to \w+ does not fit the contract at .+: expected \w+/);
        expect(watched.said.join('\n')).to.include(message);
        expect(watched.said.join('\n')).not.to.include('canary');
        element.remove();
      }
    });
  }

  it('are reported once for several elements', async () => {
    server.fault(
      onlyAt(
        '/policy',
        changed((policy) => ({ ...policy, saving: 7 })),
      ),
    );
    const client = server.client('ana');
    for (const reader of readers.slice(0, 3)) {
      const element = await mount(reader, client);
      await says(element, 'The server sent an unexpected response.');
    }
    expect(watched.said.filter((text) => text.includes('saving: expected string'))).to.have.length(1);
    expect(watched.errors.length).to.be.greaterThan(2);
  });

  it('that are tolerated: reported, and shown', async () => {
    server.fault(
      onlyAt(
        '/policy',
        changed((policy) => ({ ...policy, layout: 'Tabs' })),
      ),
    );
    const element = await fixture<HTMLElement>(html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`);
    await appears(element, '#firstName');
    expect(watched.said.filter((text) => text.includes('layout: expected one of tabs, sections, page'))).to.have.length(
      1,
    );
    expect(watched.said.join()).not.to.include('"Tabs"');
  });

  it('unused texts in the policy: reported, and no others', async () => {
    const messages = {
      pt_BR: { save: 'Gravar' },
      en: {
        'apiKeys.titel': 'Keys',
        'providertoken.add': 'Add',
        'save@apikey': 'Keep',
        // Right: a noun's own, a plural category of another language, what a host names itself.
        'apiKey.create@apiToken': 'New',
        'apiKey.remaining.few': '{count}',
        'provider.jira.hint': 'Ours',
        'role.owner': 'Owner',
        'activity.action.report.sent': 'Sent',
      },
    };
    server.fault(
      onlyAt(
        '/policy',
        changed((policy) => ({ ...policy, messages })),
      ),
    );
    const before = watched.said.length;
    const element = await fixture<HTMLElement>(html`<profile-tabs .client=${server.client('ana')}></profile-tabs>`);
    await appears(element, '#firstName');
    const named = watched.said.slice(before).map((text) => /“(.*)”/.exec(text)?.[1]);
    expect(named).to.deep.equal(['pt_BR', 'apiKeys.titel', 'providertoken.add', 'save@apikey']);
  });

  it('a repeated cursor: reported, and paging stops', async () => {
    await fill(server);
    const withoutCursor: Fault = (request, next) => {
      const url = new URL(request.url);
      url.searchParams.delete('cursor');
      return next(new Request(url, request));
    };
    const sameCursor = changed((page) => ({ ...page, nextCursor: 'always-the-same' }));
    server.fault(onlyAt('/api-keys', (request, next) => sameCursor(request, (it) => withoutCursor(it, next))));
    const element = await fixture<HTMLElement>(html`<api-key-list .client=${server.client('ana')}></api-key-list>`);
    await appears(element, '[part="pages"]');
    button(element, 'Next').click();
    await waitUntil(() => watched.said.some((text) => text.includes('<api-key-list> got the same nextCursor twice')));
  });

  it('three different signed-in persons: reported, without endless requests', async () => {
    server.fault(
      onlyAt(
        '/profile',
        changed((profile) => ({ ...profile, id: 'someone-else' })),
      ),
    );
    const element = await fixture<HTMLElement>(html`<profile-form .client=${server.client('ana')}></profile-form>`);
    await says(element, 'The server sent an unexpected response.');
    expect(watched.said.join('\n')).to.include(
      'userId: expected the id of getProfile and the X-User-Id of every answer',
    );
  });

  for (const [name, fault] of [
    ['a page that is not found', answer(404, '<h1>Not found</h1>')],
    ['nothing that is not found', answer(404, '')],
    ["another framework's JSON", answer(404, '{"message":"Cannot GET"}', { 'content-type': 'application/json' })],
    ['the start page of an app', answer(200, '<!doctype html><h1>App</h1>')],
    ['a redirect', answer(302, '', { location: 'https://sign-in.example/?token=canary' })],
  ] as const) {
    it(`no API at the base URL: reported: ${name}`, async () => {
      server.fault(fault);
      const element = await fixture<HTMLElement>(html`<profile-form .client=${server.client('ana')}></profile-form>`);
      await says(element, /This service could not be found at https?:\/\/\S+\/(policy|profile)\./);
      expect(textOf(element)).not.to.match(/no longer there|deleted|canary/);
      expect(watched.said.join('\n')).to.match(/There is no cockpit API at \S+: get\w+ expected .+ and got \d{3}/);
      await expect(element).to.be.accessible();
    });
  }

  it('no API at the base URL, over HTTP: reported', async () => {
    const element = await fixture<HTMLElement>(html`<profile-form base-url="/nowhere/v1?key=canary"></profile-form>`);
    await says(element, `This service could not be found at ${location.origin}/nowhere/v1`);
    expect(textOf(element)).not.to.include('canary');
  });

  it('a server that is down: not reported as missing', async () => {
    server.fault(answer(502, '<h1>Bad gateway</h1>'));
    const element = await fixture<HTMLElement>(html`<profile-form .client=${server.client('ana')}></profile-form>`);
    await says(element, 'The server is not available right now.');
    expect(watched.said.join('\n')).not.to.include('502');
    expect(watched.errors).to.deep.equal([]);
  });

  it('a failing callback of the host: reported by the class of its error only', async () => {
    class HostError extends Error {
      override readonly name = 'HostError';
    }
    const element = await fixture<HTMLElement>(html`
      <cockpit-client
        base-url="/v1"
        .getAccessToken=${() => {
          throw new HostError('canary');
        }}
        ><profile-form></profile-form
      ></cockpit-client>
    `);
    await says(element.querySelector('profile-form') as HTMLElement, 'Something went wrong.');
    expect(watched.said.join('\n')).to.include('failed with HostError').and.not.to.include('canary');
    expect(watched.errors[0]).to.be.instanceOf(HostError);
  });
});
