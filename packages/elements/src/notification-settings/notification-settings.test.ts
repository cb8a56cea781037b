import type { NotificationSettings, NotificationSettingsPatch } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aicHub, aipConsole } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { answerLost, type Fault, held, offline, slow, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { NotificationSettingsElement, NotificationSettingsSaveEvent } from './notification-settings.js';

describe('<notification-settings>', () => {
  let server: TestServer;
  const start = async (policy: HostPolicy = aipConsole) => {
    await server?.close();
    server = await startServer(policy);
  };
  beforeEach(() => start());
  afterEach(() => server.close());

  const show = (person = 'carla', attributes: Partial<NotificationSettingsElement> = {}) =>
    fixture<NotificationSettingsElement>(
      html`<notification-settings
        .client=${server.client(person)}
        .locale=${attributes.locale}
        .messages=${attributes.messages}
      ></notification-settings>`,
    );
  const shown = async (...of: Parameters<typeof show>) => {
    const element = await show(...of);
    await appears(element, 'form');
    return element;
  };
  const toggle = (element: Element) => deep<HTMLInputElement>(element, '[role="switch"]');
  const email = (element: Element) => deep<HTMLInputElement>(element, '#email');
  const event = (element: Element, name: string) => deep<HTMLInputElement>(element, `[value="${name}"]`);
  const settings = (person = 'carla'): Promise<NotificationSettings> =>
    server.client(person).notificationSettings.get();
  const change = async (patch: NotificationSettingsPatch, person = 'carla') => {
    const { version } = await settings(person);
    await server.client(person).notificationSettings.update(patch, { version });
  };

  it('shows an outline while it reads', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show();
    expect(deepAll(element, '[aria-busy="true"]')).not.to.have.length(0);
    release();
    await appears(element, '[role="switch"]');
  });

  it('says what went wrong, and reads again', async () => {
    server.fault(offline);
    const element = await show();
    await says(element, 'The server could not be reached.');
    server.fault();
    button(element, 'Try again').click();
    await appears(element, '[role="switch"]');
  });

  it('shows a switch that is off, the address of the profile, and the events of the policy', async () => {
    const element = await shown();
    expect(toggle(element).checked).to.equal(false);
    expect(email(element).value).to.equal('carla@acme.example');
    expect(deepAll<HTMLInputElement>(element, '[name="events"]').map(({ value }) => value)).to.deep.equal(
      aipConsole.notifications?.events,
    );
    expect(deep<HTMLFieldSetElement>(element, 'fieldset').disabled).to.equal(true);
    expect(textOf(element)).to.include('Job stopped by a user');
    await expect(element).to.be.accessible();
  });

  it('saves what was chosen, and tells the host before and after', async () => {
    const element = await shown();
    toggle(element).click();
    await element.updateComplete;
    event(element, 'job.completed').click();
    type(email(element), 'mail@acme.example');
    const before = oneEvent<NotificationSettingsSaveEvent>(element, 'notification-settings-save');
    const after = oneEvent<NotificationSettingsSaveEvent>(element, 'notification-settings-saved');
    button(element, 'Save').click();
    const wanted = {
      enabled: true,
      email: 'mail@acme.example',
      events: ['job.failed', 'job.stopped', 'application.created', 'version.created'],
    };
    expect((await before).settings).to.deep.include(wanted);
    expect((await after).settings).to.deep.include({ ...wanted, version: 2 });
    await says(element, 'Saved');
    expect(await settings()).to.deep.include(wanted);
    await expect(element).to.be.accessible();
  });

  it('saves what is off, and in which language mail is to be', async () => {
    await change({ enabled: true });
    const element = await shown('carla', { locale: 'pt-BR' });
    await says(element, 'Quero receber');
    toggle(element).click();
    button(element, 'Salvar').click();
    await says(element, 'Salvo');
    expect(await settings()).to.deep.include({ enabled: false, locale: 'pt-BR' });
  });

  describe('the time zone of mails', () => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const save = async (fault?: Fault) => {
      server.fault(fault);
      const element = await shown();
      toggle(element).click();
      button(element, 'Save').click();
      await says(element, 'Saved');
    };

    it('is the one of this browser once something is saved', async () => {
      expect((await settings()).timeZone).to.equal(null);
      await save();
      expect((await settings()).timeZone).to.equal(zone);
    });

    it('stays as it is where the server does not know the one of this browser, and the rest is saved', async () => {
      await save(async (request, next) => {
        const body = request.method === 'PATCH' ? ((await request.clone().json()) as object) : {};
        return 'timeZone' in body
          ? next(new Request(request, { body: JSON.stringify({ ...body, timeZone: 'Mars/Olympus_Mons' }) }))
          : next(request);
      });
      expect(await settings()).to.deep.include({ enabled: true, timeZone: null, version: 2 });
    });

    it('is not sent to a server that says nothing of one', async () => {
      const sent: string[] = [];
      await save(async (request, next) => {
        if (request.method === 'PATCH') sent.push(await request.clone().text());
        const response = await next(request);
        if (!request.url.endsWith('/notification-settings')) return response;
        const settings = (await response.json()) as object;
        // JSON leaves out what is undefined.
        return Response.json({ ...settings, timeZone: undefined }, response);
      });
      expect(sent).to.deep.equal(['{"enabled":true,"locale":"en"}']);
    });
  });

  it('does not save where the host prevents it', async () => {
    const element = await shown();
    element.addEventListener('notification-settings-save', (event) => event.preventDefault());
    toggle(element).click();
    button(element, 'Save').click();
    await element.updateComplete;
    expect((await settings()).enabled).to.equal(false);
    expect(toggle(element).checked).to.equal(true);
  });

  for (const [address, words] of [
    ['', 'Enter e-mail address for notifications.'],
    ['nowhere', 'Enter an e-mail address such as ana@example.com.'],
    ['a@b', 'Enter an e-mail address such as ana@example.com.'],
  ] as const) {
    it(`refuses the address ${JSON.stringify(address)}, and puts the focus there`, async () => {
      const element = await shown();
      toggle(element).click();
      type(email(element), address);
      button(element, 'Save').click();
      await says(element, words);
      await waitUntil(() => element.shadowRoot?.activeElement === email(element), 'the focus was not there');
      expect(email(element).value).to.equal(address);
      expect((await settings()).enabled).to.equal(false);
      await expect(element).to.be.accessible();
    });
  }

  it('needs no address while mail is off, and keeps the stored one', async () => {
    await change({ enabled: true });
    const element = await shown();
    toggle(element).click();
    type(email(element), '');
    await element.updateComplete;
    expect(email(element).required).to.equal(false);
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(await settings()).to.include({ enabled: false, email: 'carla@acme.example' });
    expect(email(element).value).to.equal('carla@acme.example');
  });

  it('says that mail about nothing never comes, and saves it only with a kind or switched off', async () => {
    const element = await shown();
    toggle(element).click();
    await element.updateComplete;
    const kinds = deepAll<HTMLInputElement>(element, '[name="events"]');
    for (const kind of kinds) kind.click();
    await says(element, 'Choose at least one, or switch e-mail notifications off.');
    button(element, 'Save').click();
    await waitUntil(() => element.shadowRoot?.activeElement === kinds[0], 'the focus is not on the choice');
    expect(textOf(element)).not.to.include('Saved');
    expect((await settings()).version).to.equal(1);
    await expect(element).to.be.accessible();
    kinds[1]?.click();
    await element.updateComplete;
    expect(textOf(element)).not.to.include('Choose at least one');
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect((await settings()).events).to.have.length(1);
  });

  it('says beside the switch how to stop mail, to those who come by the link in one', async () => {
    const element = await shown();
    expect(textOf(element)).not.to.include('To stop these e-mails');
    await change({ enabled: true });
    await says(element, 'To stop these e-mails, switch this off and save.');
    expect(toggle(element).getAttribute('aria-describedby')).to.equal('enabled-note');
    await expect(element).to.be.accessible();
    toggle(element).click();
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(textOf(element)).not.to.include('To stop these e-mails');
  });

  it('keeps what was chosen when it cannot be saved, and saves it later', async () => {
    const element = await shown();
    toggle(element).click();
    type(email(element), 'mail@acme.example');
    server.fault(offline);
    button(element, 'Save').click();
    await says(element, 'What you typed is still here.');
    expect(toggle(element).checked).to.equal(true);
    expect(email(element).value).to.equal('mail@acme.example');
    server.fault();
    button(element, 'Save').click();
    await says(element, 'Saved');
  });

  it('takes what was saved though its answer was lost for saved', async () => {
    const element = await shown();
    toggle(element).click();
    server.fault(answerLost);
    button(element, 'Save').click();
    await says(element, 'The server could not be reached.');
    server.fault();
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(await settings()).to.include({ enabled: true, version: 2 });
  });

  it('says that it saves, and sends once', async () => {
    const element = await shown();
    toggle(element).click();
    server.fault(slow(100));
    button(element, 'Save').click();
    await says(element, 'Saving…');
    button(element, 'Saving…').click();
    await says(element, 'Saved');
    expect((await settings()).version).to.equal(2);
  });

  it('notification-settings: a switch that is put back while it is saved stays off, unsaved, and can be saved', async () => {
    const element = await shown();
    toggle(element).click();
    const { fault, release } = held();
    server.fault(fault);
    const after = oneEvent<NotificationSettingsSaveEvent>(element, 'notification-settings-saved');
    button(element, 'Save').click();
    await says(element, 'Saving…');
    toggle(element).click();
    release();
    expect((await after).settings.enabled).to.equal(true);
    server.fault();
    await element.updateComplete;
    expect(toggle(element).checked).to.equal(false);
    expect(textOf(element)).not.to.include('Saved');
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect((await settings()).enabled).to.equal(false);
  });

  it('shows both where somebody else has changed the same, and lets the person choose', async () => {
    const element = await shown();
    type(email(element), 'mine@acme.example');
    await change({ email: 'theirs@acme.example', events: ['job.failed'] });
    button(element, 'Save').click();
    await says(element, 'Someone else changed this in the meantime.');
    expect(textOf(element)).to.include('theirs@acme.example');
    expect(textOf(element)).to.include('Job failed');
    await expect(element).to.be.accessible();
    button(element, 'Use current version').click();
    await element.updateComplete;
    expect(email(element).value).to.equal('theirs@acme.example');
  });

  it('notification-settings: a version that was shown while nothing was edited opens no conflict later', async () => {
    const element = await shown();
    toggle(element).click();
    await element.updateComplete;
    toggle(element).click();
    await element.client?.notificationSettings.update({ email: 'theirs@acme.example' }, { version: 1 });
    await waitUntil(() => email(element).value === 'theirs@acme.example', 'it still showed the old address');
    toggle(element).click();
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(await settings()).to.include({ enabled: true, email: 'theirs@acme.example', version: 3 });
  });

  it('asks before the page is left with something unsaved, and no longer once it is chosen back', async () => {
    const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const element = await shown();
    expect(asks()).to.equal(false);
    toggle(element).click();
    await element.updateComplete;
    expect(asks()).to.equal(true);
    toggle(element).click();
    await element.updateComplete;
    expect(asks()).to.equal(false);
  });

  it('says that there is no mail server, and what is chosen is kept', async () => {
    server.mail.ready = false;
    const element = await shown();
    expect(textOf(element)).to.include('No mail server is set up yet');
    toggle(element).click();
    button(element, 'Save').click();
    await says(element, 'Saved');
    await expect(element).to.be.accessible();
  });

  describe('where mail waits', () => {
    /** Two mails of Carla's, so long ago. */
    const wait = (milliseconds: number): Promise<void> => {
      const createdAt = Date.now() - milliseconds;
      const waiting = {
        contents: '{}',
        state: 'waiting',
        attempts: 1,
        nextAttemptAt: createdAt * 2,
        settledAt: null,
      } as const;
      return server.store.outbox.add(
        ['a', 'b'].map((id) => ({ ...waiting, id, messageId: `<${id}@x>`, occasion: id, userId: 'carla', createdAt })),
      );
    };

    it('tells administrators, and nobody else', async () => {
      await wait(3 * 3_600_000);
      expect(textOf(await shown('carla'))).not.to.include('wait');
      const element = await shown('ana');
      await says(element, '2 e-mails are waiting to be sent. The oldest is from 3 hours ago.');
      await expect(element).to.be.accessible();
    });

    it('says nothing of since when, where it has only just come', async () => {
      await wait(2000);
      const element = await shown('ana');
      await says(element, '2 e-mails are waiting to be sent.');
      expect(textOf(element)).not.to.include('oldest');
    });
  });

  it('calls a kind that the host has added by its own words, or else by its name', async () => {
    await start({
      ...aipConsole,
      notifications: { events: ['backup.done', 'backup.late'] },
      messages: { en: { 'notifications.event.backup.done': 'Backup done' } },
    });
    const element = await shown();
    expect(textOf(element)).to.include('Backup done backup.late');
  });

  it('says where there are no notifications', async () => {
    await start(aicHub);
    const element = await show();
    await says(element, 'Notifications are not available here.');
  });

  it('shows what another element on the same client has saved', async () => {
    const client = server.client('carla');
    const element = await fixture(html`<notification-settings .client=${client}></notification-settings>`);
    await appears(element, 'form');
    await client.notificationSettings.update({ enabled: true }, { version: 1 });
    await waitUntil(() => toggle(element).checked, 'it still showed the old');
  });

  it('takes the focus to the switch, also where that is not there yet', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show();
    element.focus();
    release();
    await appears(element, '[role="switch"]');
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(toggle(element));
  });

  it('takes the focus from nobody who has gone on meanwhile', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show();
    const elsewhere = await fixture<HTMLInputElement>(html`<input aria-label="Elsewhere" />`);
    element.focus();
    elsewhere.focus();
    release();
    await appears(element, '[role="switch"]');
    await element.updateComplete;
    expect(document.activeElement).to.equal(elsewhere);
  });
});
