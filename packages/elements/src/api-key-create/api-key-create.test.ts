import type { NewApiKey } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { restoreClipboard, withClipboard } from '../../test/clipboard.js';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { answerLost, type Fault, held, offline, startServer, status, type TestServer } from '../../test/server.js';
import type { ApiKeyCreatedEvent, ApiKeyCreateEvent, ApiKeyCreateElement } from './api-key-create.js';
import './define.js';

type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;

const policyWith = (apiKeys: Partial<KeysPolicy>): HostPolicy => ({
  ...aiCockpitOne,
  apiKeys: { ...(aiCockpitOne.apiKeys as KeysPolicy), ...apiKeys },
});

/** A date as people read it in English. */
const dateIn = (days: number, timeZone?: string) =>
  new Intl.DateTimeFormat('en', { dateStyle: 'medium', ...(timeZone && { timeZone }) }).format(
    Date.now() + days * 86_400_000,
  );
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('<api-key-create>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    restoreClipboard();
    await server.close();
  });

  const show = async (person = 'ana') => {
    const element = await fixture<ApiKeyCreateElement>(
      html`<api-key-create .client=${server.client(person)} organization-id="acme" lang="en"></api-key-create>`,
    );
    return element;
  };
  const opened = async (person?: string) => {
    const element = await show(person);
    (await appears(element, '[part="button"]')).click();
    await appears(element, 'dialog[open]');
    return element;
  };
  const input = (element: Element, name: string) => deep<HTMLInputElement>(element, `[name="${name}"]`);
  const submit = (element: Element) => deep(element, '[part="submit"]').click();
  const keys = async () => (await server.client('ana').organization('acme').apiKeys.list()).data;
  const closed = (element: Element) => waitUntil(() => deepAll(element, 'dialog').length === 0, 'it did not close');

  /** The Idempotency-Keys under which keys were asked for. */
  const recorded = (fault: Fault = (request, next) => next(request)) => {
    const sent: (string | null)[] = [];
    server.fault((request, next) => {
      if (request.method === 'POST') sent.push(request.headers.get('idempotency-key'));
      return fault(request, next);
    });
    return sent;
  };

  it('shows an outline while it reads', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show();
    expect(deepAll(element, '[aria-busy="true"]')).to.have.length(1);
    expect(element.offsetWidth).to.be.greaterThan(100);
    expect(textOf(element)).to.equal('Loading…');
    await expect(element).to.be.accessible();
    release();
    await appears(element, '[part="button"]');
    expect(deepAll(element, '[aria-busy="true"]')).to.have.length(0);
  });

  it('names its button as the policy says', async () => {
    await server.close();
    server = await startServer(policyWith({ noun: 'apiToken', verb: 'generate' }));
    const element = await show();
    await appears(element, '[part="button"]');
    expect(button(element, 'Generate API token')).to.be.instanceOf(HTMLElement);
    await expect(element).to.be.accessible();
  });

  it('asks in a dialog for what the policy asks for, and says whose key it will be', async () => {
    const element = await opened();
    expect(deep(element, 'dialog').getAttribute('aria-labelledby')).to.equal(deep(element, 'dialog h2').id);
    expect(textOf(element)).to.include('For Acme');
    expect(deepAll<HTMLInputElement>(element, '[name]').map(({ name }) => name)).to.deep.equal([
      'description',
      'module',
      'expiresAt',
    ]);
    expect(deepAll(element, 'option').map(({ textContent }) => textContent)).to.deep.equal([
      'All modules',
      'Agents',
      'Projects',
      'Reports',
    ]);
    expect(input(element, 'expiresAt').min).to.equal(inDays(1));
    expect(textOf(element)).to.include('Valid until the end of that day (UTC).');
    expect(textOf(element)).to.include('The complete API key is shown only once, right after you create it.');
    expect(element.shadowRoot?.activeElement === input(element, 'description')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('creates what was asked for, tells the host before and after, and shows the value once', async () => {
    const element = await opened();
    type(input(element, 'description'), '  Nightly sync ');
    input(element, 'module').value = 'agents';
    input(element, 'expiresAt').value = inDays(30);
    const before = oneEvent<ApiKeyCreateEvent>(element, 'api-key-create');
    const after = oneEvent<ApiKeyCreatedEvent>(element, 'api-key-created');
    submit(element);
    expect((await before).request).to.deep.equal({
      description: 'Nightly sync',
      module: 'agents',
      expiresAt: inDays(30),
    } satisfies NewApiKey);
    const { apiKey } = await after;
    expect(apiKey).to.include({ description: 'Nightly sync', module: 'agents', expiresOn: inDays(30) });
    const value = deep<HTMLTextAreaElement>(element, '[part="value"]').value;
    expect(value.startsWith('aico_')).to.equal(true);
    expect(value.endsWith(apiKey.maskedValue.slice(-4))).to.equal(true);
    expect(deep(element, 'code').textContent).to.equal('X-API-KEY: <key>');
    expect(deep(element, '.note:has(code)').textContent?.trim()).to.equal('Send it as X-API-KEY: <key>.');
    expect(textOf(element)).to.include(
      `curl -H "X-API-KEY: ••••••••" "${server.client('ana').baseUrl}/integration/whoami"`,
    );
    expect(deep(element, '[part="terms"]').textContent).to.match(/Owner\s*Acme\s*Module\s*\S+\s*Expiration date\s*\S/);
    expect(deep(element, 'secret-reveal').shadowRoot?.activeElement === button(element, 'Copy')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('holds the value nowhere once it is closed, and gives the focus back', async () => {
    const clipboard = withClipboard();
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    submit(element);
    await appears(element, '[part="copy"]');
    const field = deep<HTMLTextAreaElement>(element, '[part="value"]');
    button(element, 'Copy').click();
    await says(element, 'Copied');
    const value = clipboard.text;
    expect(field.value).to.equal(value);
    button(element, 'Close').click();
    await closed(element);
    expect(field.value).to.equal('');
    expect(document.documentElement.outerHTML + (element.shadowRoot?.innerHTML ?? '')).not.to.include(value);
    await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Create API key'));
    expect(element.open).to.equal(false);
  });

  it('asks before an uncopied value goes, at Escape too', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    submit(element);
    await appears(element, '[part="copy"]');
    for (let times = 0; times < 3; times += 1) await sendKeys({ press: 'Escape' });
    await says(element, 'Close without copying?');
    expect(deep<HTMLTextAreaElement>(element, '[part="value"]').value).not.to.equal('');
    await expect(element).to.be.accessible();
    button(element, 'Close anyway').click();
    await closed(element);
  });

  it('discards typed text on Cancel without a question', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    button(element, 'Cancel').click();
    await closed(element);
    button(element, 'Create API key').click();
    await appears(element, 'dialog[open]');
    expect(input(element, 'description').value).to.equal('');
  });

  it('asks before Cancel gives up a request that may bring a key', async () => {
    const { fault, release } = held();
    const element = await opened();
    server.fault(fault);
    type(input(element, 'description'), 'Nightly sync');
    submit(element);
    button(element, 'Cancel').click();
    await says(element, 'Discard changes?');
    release();
    await appears(element, '[part="copy"]');
  });

  it('asks once at Escape before typed text is discarded, and is fresh when opened again', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    await sendKeys({ press: 'Escape' });
    await says(element, 'Discard changes?');
    await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Keep editing'));
    await expect(element).to.be.accessible();
    button(element, 'Keep editing').click();
    await element.updateComplete;
    expect(input(element, 'description').value).to.equal('Nightly sync');
    for (let times = 0; times < 3; times += 1) await sendKeys({ press: 'Escape' });
    button(element, 'Discard').click();
    await closed(element);
    button(element, 'Create API key').click();
    await appears(element, 'dialog[open]');
    expect(input(element, 'description').value).to.equal('');
    expect(await keys()).to.have.length(0);
  });

  it('closes at once where nothing was typed', async () => {
    const element = await opened();
    await sendKeys({ press: 'Escape' });
    await closed(element);
  });

  it('shows where the focus is, on a date as well', async () => {
    const element = await opened();
    for (const field of deepAll(element, 'dialog :is(input, select, button)')) {
      field.focus();
      const { outlineStyle, outlineWidth } = getComputedStyle(field);
      expect([field.id, outlineStyle, outlineWidth]).to.deep.equal([field.id, 'solid', '2px']);
    }
  });

  describe('on a screen that becomes narrow', () => {
    // While the element is there still: WebKit asks no style sheet again that nothing on the page uses.
    afterEach(() => setViewport({ width: 800, height: 600 }));

    it('is a sheet at the bottom, as wide as the screen', async () => {
      const element = await opened();
      await setViewport({ width: 320, height: 640 });
      const dialog = deep(element, 'dialog');
      await waitUntil(() => dialog.getBoundingClientRect().left === 0, 'it is not as wide as the screen');
      const { right, bottom } = dialog.getBoundingClientRect();
      const { clientWidth, scrollWidth } = document.documentElement;
      expect([right, bottom, scrollWidth]).to.deep.equal([clientWidth, innerHeight, clientWidth]);
      for (const part of deepAll(element, 'dialog *')) expect(part.getBoundingClientRect().right).to.be.at.most(320);
      await expect(element).to.be.accessible();
    });
  });

  it('opens and closes by its property, but drops nothing without asking', async () => {
    const element = await show();
    element.open = true;
    await appears(element, 'dialog[open]');
    type(input(element, 'description'), 'Nightly sync');
    element.open = false;
    await says(element, 'Discard changes?');
    expect(element.open).to.equal(true);
    button(element, 'Discard').click();
    await closed(element);
    expect(element.hasAttribute('open')).to.equal(false);
  });

  it('asks for what is missing, and puts the focus there', async () => {
    const element = await opened();
    submit(element);
    await says(element, 'Enter description.');
    expect(input(element, 'description').getAttribute('aria-invalid')).to.equal('true');
    expect(element.shadowRoot?.activeElement === input(element, 'description')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('says which dates there can be where the server refuses one that is not in the future', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    input(element, 'expiresAt').value = inDays(0);
    submit(element);
    await says(element, / or a later date \(UTC\)\./);
    expect(await keys()).to.have.length(0);
  });

  it('shows what the server finds wrong with a field at that field', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Night\u202Ely');
    submit(element);
    await says(element, 'This contains characters that are not allowed.');
    expect(input(element, 'description').value).to.equal('Night\u202Ely');
  });

  it('creates nothing where the host prevents it', async () => {
    const element = await opened();
    element.addEventListener('api-key-create', (event) => event.preventDefault());
    type(input(element, 'description'), 'Nightly sync');
    submit(element);
    await element.updateComplete;
    expect(await keys()).to.have.length(0);
    expect(input(element, 'description').value).to.equal('Nightly sync');
  });

  it('creates one key where Enter is pressed twice, and says that it is at it', async () => {
    const { fault, release } = held();
    const element = await opened();
    server.fault(fault);
    type(input(element, 'description'), 'Nightly sync');
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Enter' });
    expect(deep(element, '[part="submit"]').textContent?.trim()).to.equal('Creating…');
    expect(deep(element, 'form').getAttribute('aria-busy')).to.equal('true');
    await expect(element).to.be.accessible();
    release();
    await appears(element, '[part="copy"]');
    expect(await keys()).to.have.length(1);
  });

  for (const [name, fault, words] of [
    ['the server cannot be reached', offline, 'The server could not be reached.'],
    ['the server fails', status(500), 'Something went wrong.'],
    ['the server is busy', status(503), 'The server is not available right now.'],
  ] as const) {
    it(`keeps what was typed when ${name}, and creates it later`, async () => {
      const element = await opened();
      type(input(element, 'description'), 'Nightly sync');
      server.fault(fault);
      submit(element);
      await says(element, words);
      expect(textOf(element)).to.include('What you typed is still here.');
      expect(input(element, 'description').value).to.equal('Nightly sync');
      await expect(element).to.be.accessible();
      server.fault();
      submit(element);
      await appears(element, '[part="copy"]');
    });
  }

  it('59: delivers the same key where the answer was lost and Create is pressed again', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    const sent = recorded(answerLost);
    submit(element);
    await says(element, 'The server could not be reached.');
    const sentAgain = recorded();
    submit(element);
    await appears(element, '[part="copy"]');
    expect(deep<HTMLTextAreaElement>(element, '[part="value"]').value.startsWith('aico_')).to.equal(true);
    expect(sentAgain).to.deep.equal(sent);
    expect(sent).to.have.length(1);
    expect(await keys()).to.have.length(1);
  });

  it('asks under a new Idempotency-Key after the server has refused', async () => {
    const element = await opened();
    const sent = recorded();
    type(input(element, 'description'), 'Night\u202Ely');
    submit(element);
    await says(element, 'This contains characters that are not allowed.');
    type(input(element, 'description'), 'Nightly');
    submit(element);
    await appears(element, '[part="copy"]');
    expect(new Set(sent).size).to.equal(2);
  });

  it('says when an earlier attempt has made a key after all, and makes this one when asked again', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    server.fault(answerLost);
    submit(element);
    await says(element, 'The server could not be reached.');
    server.fault();
    type(input(element, 'description'), 'Weekly sync');
    submit(element);
    await says(element, 'An earlier attempt already created this API key.');
    await expect(element).to.be.accessible();
    submit(element);
    await appears(element, '[part="copy"]');
    expect((await keys()).map(({ description }) => description).sort()).to.deep.equal(['Nightly sync', 'Weekly sync']);
  });

  it('says when the answer comes too late to hold the value', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    server.fault(answerLost);
    submit(element);
    await says(element, 'The server could not be reached.');
    server.fault();
    server.advance(11 * 60_000);
    submit(element);
    await says(element, 'its value cannot be shown again. Delete it, then try again.');
    await expect(element).to.be.accessible();
    button(element, 'Close').click();
    await closed(element);
    expect(await keys()).to.have.length(1);
  });

  it('drops the value when another organization becomes the active one', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    submit(element);
    await appears(element, '[part="copy"]');
    const field = deep<HTMLTextAreaElement>(element, '[part="value"]');
    element.organizationId = 'globex';
    await closed(element);
    expect(field.value).to.equal('');
    await says(element, 'in Globex doesn’t include access to');
  });

  it('keeps what was typed through a session that has ended', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    server.lapse('ana');
    const expired = oneEvent(element, 'cockpit-session-expired');
    submit(element);
    await expired;
    await says(element, 'Your session has expired.');
    server.renew('ana');
    submit(element);
    await appears(element, '[part="copy"]');
  });

  it('says why those who may not create a key cannot', async () => {
    const element = await show('carla');
    await says(element, 'in Acme doesn’t include access to');
    expect(deepAll(element, 'button')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('offers to try again where the policy could not be read', async () => {
    server.fault(offline);
    const element = await show();
    await says(element, 'The server could not be reached.');
    await expect(element).to.be.accessible();
    server.fault();
    button(element, 'Try again').click();
    await appears(element, '[part="button"]');
  });

  describe('where there can be so many', () => {
    const limited = async (terms: Partial<KeysPolicy>, ...descriptions: string[]) => {
      await server.close();
      server = await startServer(policyWith(terms));
      for (const description of descriptions)
        (await server.client('ana').organization('acme').apiKeys.create({ description })).secret?.dispose();
    };

    it('says how many more, before anything is filled in', async () => {
      await limited({ limit: 3 }, 'One');
      const element = await opened();
      await says(element, 'You can create 2 more API keys.');
      await expect(element).to.be.accessible();
    });

    it('says that there is no room, and asks for nothing', async () => {
      await limited({ limit: 2 }, 'One', 'Two');
      const element = await opened();
      await says(element, 'You’ve reached the limit of 2 API keys.');
      expect(textOf(element)).to.include('Delete one to create another.');
      expect(deepAll(element, '[name]')).to.have.length(0);
      await expect(element).to.be.accessible();
      button(element, 'Close').click();
      await closed(element);
    });

    it('asks again once there is room', async () => {
      await limited({ limit: 1 }, 'One');
      const element = await opened();
      await says(element, 'You’ve reached the limit of 1 API key.');
      const acme = element.client?.organization('acme').apiKeys;
      await acme?.delete((await keys())[0]?.id ?? '', { version: 1 });
      await appears(element, '[name="description"]');
      expect(textOf(element)).to.include('You can create 1 more API key.');
    });

    it('keeps what is typed where somebody else takes the last place', async () => {
      await limited({ limit: 1 });
      const element = await opened();
      await says(element, 'You can create 1 more API key.');
      type(input(element, 'description'), 'Nightly sync');
      await server.client('bruno').organization('acme').apiKeys.create({ description: 'Quicker' });
      submit(element);
      await says(element, 'You’ve reached the limit of 1 API key.');
      expect(input(element, 'description').value).to.equal('Nightly sync');
    });

    it('says that the oldest one ends, where it is replaced', async () => {
      await limited({ limit: 2, atLimit: 'replace' }, 'One', 'Two');
      const element = await opened();
      await says(element, 'When you create a new one, the oldest stops working immediately.');
      await expect(element).to.be.accessible();
      type(input(element, 'description'), 'Three');
      submit(element);
      await appears(element, '[part="copy"]');
      const active = (await keys()).filter(({ status }) => status === 'active');
      expect(active.map(({ description }) => description).sort()).to.deep.equal(['Three', 'Two']);
    });
  });

  it('offers presets with their dates beside a date, no later than the policy allows', async () => {
    await server.close();
    const { expiry } = aiCockpitOne.apiKeys as KeysPolicy;
    server = await startServer(policyWith({ expiry: { ...expiry, maxInDays: 90 } }));
    const element = await opened();
    const presets = () => deepAll(element, '[part="preset"]');
    expect(presets().map(({ textContent }) => textContent?.trim())).to.deep.equal([
      `30 days – ${dateIn(30, 'UTC')}`,
      `90 days – ${dateIn(90, 'UTC')}`,
    ]);
    presets()[1]?.click();
    await element.updateComplete;
    expect(input(element, 'expiresAt').value).to.equal(inDays(90));
    expect(presets().map(({ ariaPressed }) => ariaPressed)).to.deep.equal(['false', 'true']);
    await expect(element).to.be.accessible();
    type(input(element, 'description'), 'Nightly sync');
    const before = oneEvent<ApiKeyCreateEvent>(element, 'api-key-create');
    submit(element);
    expect((await before).request).to.include({ expiresAt: inDays(90) });
    await appears(element, '[part="copy"]');
  });

  it('says that a date is only half entered', async () => {
    const element = await opened();
    type(input(element, 'description'), 'Nightly sync');
    input(element, 'expiresAt').focus();
    await sendKeys({ type: '12' });
    submit(element);
    await says(element, 'Enter a valid date.');
    expect(await keys()).to.have.length(0);
  });

  describe('where the policy offers choices of expiry', () => {
    beforeEach(async () => {
      await server.close();
      server = await startServer(
        policyWith({
          fields: { name: 'required', description: 'hidden' },
          modules: [],
          columns: ['name', 'createdAt', 'expiresAt', 'status'],
          expiry: {
            mode: 'required',
            input: 'choices',
            choicesInDays: [30, 90],
            defaultInDays: 30,
            maxInDays: null,
            custom: true,
          },
        }),
      );
    });

    it('asks by radio buttons, the default chosen', async () => {
      const element = await opened();
      expect(deepAll(element, '.choice').map(({ textContent }) => textContent?.trim())).to.deep.equal([
        `30 days – ${dateIn(30)}`,
        `90 days – ${dateIn(90)}`,
        'Custom date',
      ]);
      expect(deepAll<HTMLInputElement>(element, '[type="radio"]').map(({ checked }) => checked)).to.deep.equal([
        true,
        false,
        false,
      ]);
      await expect(element).to.be.accessible();
      type(input(element, 'name'), 'Sync');
      deep<HTMLInputElement>(element, '[value="90"]').click();
      const before = oneEvent<ApiKeyCreateEvent>(element, 'api-key-create');
      submit(element);
      expect((await before).request).to.deep.equal({ name: 'Sync', expiresInDays: 90 });
      await appears(element, '[part="copy"]');
    });

    it('takes a date of one’s own', async () => {
      const element = await opened();
      type(input(element, 'name'), 'Sync');
      deep<HTMLInputElement>(element, '[value="custom"]').click();
      await appears(element, '[name="expiresAt"]');
      await expect(element).to.be.accessible();
      submit(element);
      await says(element, 'Enter expiration date.');
      input(element, 'expiresAt').value = inDays(5);
      const before = oneEvent<ApiKeyCreateEvent>(element, 'api-key-create');
      submit(element);
      expect((await before).request).to.deep.equal({ name: 'Sync', expiresAt: inDays(5) });
      await appears(element, '[part="copy"]');
    });
  });
});
