import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/index.js';
import type { Connected } from '../../src/connection/connected.js';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../page.js';
import { type Fault, startServer, type TestServer } from '../server.js';
import { restoreClientClock, setClientClock } from './client-clock.js';

type Client = InstanceType<ReturnType<typeof Connected>>['client'];
type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;

const minute = 60_000;
const day = 24 * 60 * minute;

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const shownDate = (instant: number): string =>
  new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(instant);

/** Real time, which is the server's too. */
const realNow = (): number => performance.timeOrigin + performance.now();
const inDays = (days: number): number => realNow() + days * day;

/** A proxy on the way leaves the header out, or CORS hides it. */
const withoutDate: Fault = async (request, next) => {
  const answer = await next(request);
  const headers = new Headers(answer.headers);
  headers.delete('Date');
  return new Response(answer.body, { status: answer.status, headers });
};

const upTo = (maxInDays: number | null): HostPolicy => {
  const apiKeys = aiCockpitOne.apiKeys as KeysPolicy;
  return { ...aiCockpitOne, apiKeys: { ...apiKeys, expiry: { ...apiKeys.expiry, maxInDays } } };
};

for (const [name, skew] of [
  ['400 days ahead', 400 * day],
  ['400 days behind', -400 * day],
  ['5 minutes ahead', 5 * minute],
  ['5 minutes behind', -5 * minute],
] as const) {
  describe(`with the client’s clock ${name}`, () => {
    let server: TestServer;
    afterEach(async () => {
      restoreClientClock();
      await server.close();
    });

    const start = async (policy?: HostPolicy) => {
      server = await startServer(policy);
      setClientClock(skew);
    };
    const show = async (element: (client: Client) => TemplateResult, content: string) => {
      const shown = await fixture<HTMLElement>(element(server.client('ana')));
      await appears(shown, content);
      return shown;
    };
    const acme = () => server.client('ana').organization('acme');
    const timesIn = (element: Element) => deepAll(element, '.ago').map(({ textContent }) => textContent);

    describe('<api-key-create>', () => {
      const open = async (policy: HostPolicy) => {
        await start(policy);
        const element = await show(
          (client) => html`<api-key-create .client=${client} organization-id="acme" lang="en"></api-key-create>`,
          '[part="button"]',
        );
        deep(element, '[part="button"]').click();
        await appears(element, 'dialog[open]');
        type(deep<HTMLInputElement>(element, '[name="description"]'), 'Nightly sync');
        return element;
      };
      const submit = (element: Element, date: number) => {
        type(deep<HTMLInputElement>(element, '[name="expiresAt"]'), dateOf(date));
        deep(element, '[part="submit"]').click();
      };

      for (const [day, days] of [
        ['first', 1],
        ['last', 30],
      ] as const) {
        it(`creates a key that ends on the ${day} day that the server takes`, async () => {
          const element = await open(upTo(30));
          submit(element, inDays(days));
          await appears(element, 'secret-reveal');
          expect((await acme().apiKeys.list()).data).to.have.length(1);
        });
      }

      it('a day out of range: refused by the server, and the form names the allowed days', async () => {
        const element = await open(upTo(30));
        for (const days of [0, -1, 31]) {
          submit(element, inDays(days));
          await says(element, `Choose a date from ${shownDate(inDays(1))} through ${shownDate(inDays(30))} (UTC).`);
          const input = deep(element, '[name="expiresAt"]');
          expect(input.getAttribute('aria-invalid')).to.equal('true');
          type(input as HTMLInputElement, '');
          await waitUntil(() => input.getAttribute('aria-invalid') === 'false');
        }
        expect((await acme().apiKeys.list()).data).to.have.length(0);
      });

      it('without a maximum: names the first allowed day', async () => {
        const element = await open(upTo(null));
        submit(element, inDays(0));
        await says(element, `Choose ${shownDate(inDays(1))} or a later date (UTC).`);
        submit(element, inDays(1));
        await appears(element, 'secret-reveal');
      });

      it('the browser’s calendar offers the allowed days', async () => {
        const element = await open(upTo(30));
        const { min, max } = deep<HTMLInputElement>(element, '[name="expiresAt"]');
        expect([min, max]).to.deep.equal([dateOf(inDays(1)), dateOf(inDays(30))]);
      });
    });

    describe('<api-key-single>', () => {
      const open = async () => {
        await start(environmentOperationsCenter);
        return show((client) => html`<api-key-single .client=${client} lang="en"></api-key-single>`, '[part="create"]');
      };

      it('takes a date of one’s own, or names those that there can be', async () => {
        const element = await open();
        deep<HTMLInputElement>(element, '[value="custom"]').click();
        const date = await appears<HTMLInputElement>(element, '[name="expiresAt"]');
        type(date, dateOf(inDays(0)));
        deep(element, '[part="create"]').click();
        await says(element, `Choose a date from ${shownDate(inDays(1))} through ${shownDate(inDays(365))} (UTC).`);
        type(date, dateOf(inDays(365)));
        deep(element, '[part="create"]').click();
        await appears(element, 'secret-reveal');
      });

      it('learns that a key has expired while it was looked at', async () => {
        await start(environmentOperationsCenter);
        const { secret } = await server
          .client('ana')
          .apiKeys.create({ expiresAt: new Date(inDays(0) + 8000).toISOString() });
        secret?.dispose();
        const element = await show(
          (client) => html`<api-key-single .client=${client} lang="en"></api-key-single>`,
          '[part="status"]',
        );
        expect(deep(element, '[part="status"]').textContent?.trim()).to.equal('Active');
        await waitUntil(() => deep(element, '[part="status"]').textContent?.trim() === 'Expired');
      });
    });

    describe('<api-key-list>', () => {
      const list = () =>
        show(
          (client) => html`<api-key-list .client=${client} organization-id="acme" lang="en"></api-key-list>`,
          'tbody tr',
        );

      it('warns of the keys that end soon, and of no others', async () => {
        await start();
        await acme().apiKeys.create({ description: 'Soon', expiresAt: dateOf(inDays(3)) });
        await acme().apiKeys.create({ description: 'Later', expiresAt: dateOf(inDays(60)) });
        const element = await list();
        expect(deepAll(element, '[part="warning"]').map(({ textContent }) => textContent)).to.deep.equal([
          'Expires in 3 days',
        ]);
      });

      it('says how long ago keys were created', async () => {
        await start();
        await acme().apiKeys.create({ description: 'Old' });
        server.advance(2 * 60 * minute);
        await acme().apiKeys.create({ description: 'New' });
        const element = await list();
        const [newest, oldest] = timesIn(element);
        // Some time may go by on a busy machine, but not the minutes or days of the wrong clock.
        expect(newest).to.match(/^(just now|\d minutes? ago)$/);
        expect(oldest).to.equal('2 hours ago');
      });

      it('shows a key as expired once it is', async () => {
        await start();
        const expiresAt = new Date(inDays(0) + 8000).toISOString();
        await acme().apiKeys.create({ description: 'Ends', expiresAt });
        const element = await list();
        await says(element, 'Active');
        await says(element, 'Expired');
      });

      it('without a server time: no past instant is said to be in the future', async () => {
        await start();
        server.fault(withoutDate);
        await acme().apiKeys.create({ description: 'New', expiresAt: dateOf(inDays(3)) });
        const element = await list();
        const [created = ''] = timesIn(element);
        expect(created).not.to.match(/^in /);
        const warning = deepAll(element, '[part="warning"]')[0]?.textContent ?? '';
        expect(warning).not.to.match(/ago/);
      });
    });

    it('<provider-token-list> says how long ago tokens were changed', async () => {
      await start();
      await acme().providerTokens.create({
        provider: 'jira',
        name: 'Board',
        code: 'board',
        values: { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'secret' },
      });
      server.advance(3 * 60 * minute);
      const element = await show(
        (client) => html`<provider-token-list .client=${client} lang="en"></provider-token-list>`,
        'tbody tr',
      );
      expect(timesIn(element)).to.deep.equal(['3 hours ago']);
    });

    it('<activity-log> says how long ago it was', async () => {
      await start();
      await acme().apiKeys.create({ description: 'Nightly' });
      server.advance(3 * 60 * minute);
      const element = await show(
        (client) => html`<activity-log .client=${client} lang="en"></activity-log>`,
        'tbody tr',
      );
      expect(timesIn(element)[0]).to.equal('3 hours ago');
    });

    it('<notification-settings> says since when mail waits', async () => {
      await start({ ...aiCockpitOne, notifications: aipConsole.notifications });
      const waits = { userId: 'carla', contents: '{}', state: 'waiting', attempts: 0, settledAt: null } as const;
      const createdAt = Math.round(inDays(0)) - 3 * 60 * minute;
      const mail = { ...waits, id: 'a', messageId: '<a@x>', occasion: 'a', nextAttemptAt: createdAt + day, createdAt };
      await server.store.outbox.add([mail]);
      const element = await show(
        (client) => html`<notification-settings .client=${client} lang="en"></notification-settings>`,
        '[role="switch"]',
      );
      await says(element, 'The oldest is from 3 hours ago.');
      expect(button(element, 'Save')).to.be.instanceOf(HTMLElement);
    });
  });
}
