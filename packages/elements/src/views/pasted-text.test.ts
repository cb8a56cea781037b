import { aiCockpitOne, aicHub, aipConsole } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { appears, deep, deepAll, says, textOf, waitUntil } from '../../test/page.js';
import { type Fault, startServer, type TestServer } from '../../test/server.js';
import '../activity-log/define.js';
import '../api-key-create/define.js';
import '../api-key-list/define.js';
import '../notification-settings/define.js';
import '../organization-select/define.js';
import '../profile-form/define.js';
import '../profile-menu/define.js';
import '../provider-token-form/define.js';
import '../provider-token-list/define.js';

type TokensPolicy = NonNullable<HostPolicy['providerTokens']>;

const withName: HostPolicy = {
  ...aiCockpitOne,
  providerTokens: {
    ...(aiCockpitOne.providerTokens as TokensPolicy),
    fields: { name: 'required', code: 'required', description: 'optional' },
  },
};

/** Puts a text into a control in the place of its own, as pasting does: a browser's limits hold for it. */
const paste = (control: HTMLInputElement, text: string): void => {
  control.focus();
  control.select();
  document.execCommand('insertText', false, text);
};

interface Field {
  readonly of: string;
  readonly policy: HostPolicy;
  readonly person: string;
  readonly draw: () => TemplateResult;
  /** Opens what the field is in, where it is not in sight. */
  readonly open?: (element: Element) => Promise<void>;
  /** Other fields that have to be filled in, by name. */
  readonly filled?: Readonly<Record<string, string>>;
  readonly name: string;
  readonly longest: string;
  /** The limit, where the longest text that there can be is shorter. */
  readonly limit?: number;
  readonly submit: string;
  readonly said?: string;
}

const spaces = ' '.repeat(60);

describe('Pasted text', () => {
  let server: TestServer;
  let bodies: Record<string, unknown>[] = [];
  let searches: (string | null)[] = [];
  const start = async (policy?: HostPolicy) => {
    await server?.close();
    server = await startServer(policy);
    bodies = [];
    searches = [];
    const spy: Fault = async (request, next) => {
      if (request.method === 'GET') searches.push(new URL(request.url).searchParams.get('q'));
      else bodies.push((await request.clone().json()) as Record<string, unknown>);
      return next(request);
    };
    server.fault(spy);
  };
  beforeEach(() => start());
  afterEach(() => server.close());

  const tokenForm = () =>
    html`<provider-token-form .client=${server.client('ana')} provider="azure-devops"></provider-token-form>`;
  const keyForm = () => html`<api-key-create .client=${server.client('ana')} organization-id="acme"></api-key-create>`;
  const openKeyForm = async (element: Element) => (await appears(element, '[part="button"]')).click();
  const token = { 'values.organization': 'fabrikam', 'values.token': 'secret', name: 'A name', code: 'a-code' };

  const fields: Field[] = [
    {
      of: 'profile-form',
      policy: aiCockpitOne,
      person: 'ana',
      draw: () => html`<profile-form .client=${server.client('ana')}></profile-form>`,
      name: 'firstName',
      longest: `${'x'.repeat(99)}z`,
      submit: 'Save',
    },
    {
      of: 'notification-settings',
      policy: aipConsole,
      person: 'carla',
      draw: () => html`<notification-settings .client=${server.client('carla')}></notification-settings>`,
      name: 'email',
      longest: `a@${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.example`,
      limit: 254,
      submit: 'Update',
    },
    {
      of: 'api-key-create',
      policy: aicHub,
      person: 'ana',
      draw: keyForm,
      open: openKeyForm,
      name: 'name',
      longest: `${'x'.repeat(99)}z`,
      submit: 'Create API key',
    },
    {
      of: 'api-key-create',
      policy: aiCockpitOne,
      person: 'ana',
      draw: keyForm,
      open: openKeyForm,
      name: 'description',
      longest: `${'x'.repeat(499)}z`,
      submit: 'Create API key',
    },
    ...(
      [
        ['name', `${'x'.repeat(99)}z`],
        ['description', `${'x'.repeat(499)}z`],
        ['code', `${'x'.repeat(49)}z`],
        ['values.organization', `${'x'.repeat(49)}z`],
      ] as const
    ).map(
      ([name, longest]): Field => ({
        of: 'provider-token-form',
        policy: withName,
        person: 'ana',
        draw: tokenForm,
        filled: token,
        name,
        longest,
        submit: 'Add token',
        ...(name === 'values.organization' && { said: 'Use this format: your-organization.' }),
      }),
    ),
  ];

  const show = async ({ policy, draw, open, name, filled = {} }: Field) => {
    await start(policy);
    const element = await fixture<HTMLElement>(draw());
    await open?.(element);
    const control = await appears<HTMLInputElement>(element, `[name="${name}"]`);
    for (const [other, text] of Object.entries(filled)) paste(deep(element, `[name="${other}"]`), text);
    return { element, control };
  };
  const submit = (element: Element) => deep<HTMLFormElement>(element, 'form').requestSubmit();
  const member = (name: string) =>
    name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], bodies.at(-1));

  for (const field of fields) {
    const { of, name, longest, limit = longest.length } = field;
    const length = (longest.length + 901).toLocaleString('en');
    const { said = `This is too long: ${length} of at most ${limit} characters.` } = field;

    it(`<${of}> ${name}: the longest text with white space around it is kept whole, and saved`, async () => {
      const { element, control } = await show(field);
      paste(control, `${spaces}${longest}\u00a0\u200b`);
      expect(control.value.trim().replace('\u200b', '').trim()).to.equal(longest);
      submit(element);
      await waitUntil(() => bodies.length > 0, textOf(element));
      expect(String(member(name)).replace('\u200b', '').trim()).to.equal(longest);
      await waitUntil(() => deepAll(element, '[aria-invalid="true"]').length === 0);
      expect(deepAll(element, '[part="problem"]')).to.have.length(0);
    });

    it(`<${of}> ${name}: a text that is too long stays as it was pasted, is said to be, and is not sent`, async () => {
      const { element, control } = await show(field);
      const long = name === 'values.organization' ? `${'x '.repeat(3000)}z` : `${longest}${'x'.repeat(900)}z`;
      paste(control, long);
      // At once where the length alone is wrong; an address is checked when it is complete.
      if (name === 'values.organization') submit(element);
      await waitUntil(() => control.getAttribute('aria-invalid') === 'true', textOf(element));
      submit(element);
      await nextFrame();
      expect(deep(element, `[id="${name}-note"]`).textContent).to.equal(said);
      expect(control.value).to.equal(long);
      expect(bodies).to.deep.equal([]);
      await expect(element).to.be.accessible();
    });
  }

  it('a text that is too long only for invisible characters inside is saved', async () => {
    const { element, control } = await show(fields[0] as Field);
    paste(control, 'x\u00ad'.repeat(100));
    submit(element);
    await says(element, 'Saved');
    expect(control.value).to.equal('x'.repeat(100));
  });

  it('a code with white space around it is checked without that, and another one gets its rule', async () => {
    const { element, control } = await show(fields.find(({ name }) => name === 'code') as Field);
    paste(control, ' Jira Code ');
    submit(element);
    await waitUntil(() => control.getAttribute('aria-invalid') === 'true');
    expect(deep(element, '[id="code-note"]').textContent).to.include('lowercase letters');
    expect(bodies).to.deep.equal([]);
    paste(control, '\u00a0jira-code\u200b ');
    submit(element);
    const saved = async () => (await server.client('ana').organization('acme').providerTokens.list()).data;
    await waitUntil(async () => (await saved()).length > 0);
    expect((await saved()).map(({ code }) => code)).to.deep.equal(['jira-code']);
  });

  it('a stored value that breaks the rules does not prevent saving another field', async () => {
    await start();
    const original = server.client('ana').profile.get();
    const { email } = await original;
    server.fault(async (request, next) => {
      const answer = await next(request);
      if (request.method !== 'GET' || !request.url.endsWith('/profile')) return answer;
      const profile = (await answer.json()) as object;
      return Response.json({ ...profile, lastName: 'x'.repeat(150), email: 'ana@intranet' }, answer);
    });
    const element = await fixture<HTMLElement>(html`<profile-form .client=${server.client('ana')}></profile-form>`);
    paste(await appears<HTMLInputElement>(element, '#firstName'), 'Anabel');
    submit(element);
    await says(element, 'Saved');
    server.fault(undefined);
    expect(await server.client('ana').profile.get()).to.include({ firstName: 'Anabel', email });
  });

  const lists: [tag: string, draw: () => TemplateResult][] = [
    ['api-key-list', () => html`<api-key-list .client=${server.client('ana')} organization-id="acme"></api-key-list>`],
    [
      'provider-token-list',
      () => html`<provider-token-list .client=${server.client('ana')} organization-id="acme"></provider-token-list>`,
    ],
    ['activity-log', () => html`<activity-log .client=${server.client('ana')}></activity-log>`],
  ];
  for (const [tag, draw] of lists) {
    describe(`in the search of <${tag}>`, () => {
      const searched = async () => {
        const { apiKeys, providerTokens } = server.client('ana').organization('acme');
        await apiKeys.create({ description: 'Naïve key' });
        await providerTokens.create({
          provider: 'azure-devops',
          name: 'Naïve token',
          code: 'naive',
          values: { organization: 'fabrikam', token: 'secret' },
        });
        const element = await fixture<HTMLElement>(draw());
        const control = await appears<HTMLInputElement>(element, '[type="search"]');
        await waitUntil(() => deepAll(element, '[aria-busy="true"]').length === 0);
        return { element, control };
      };

      it('white space and invisible characters around and inside are left out of what is searched for', async () => {
        const { control } = await searched();
        paste(control, `${spaces}na\u00adïve\u200b\u00a0`);
        await waitUntil(() => searches.includes('naïve'), JSON.stringify(searches));
        expect(control.value).to.include('ïve\u200b');
      });

      it('a hundred characters with white space around them are searched for whole', async () => {
        const { control } = await searched();
        paste(control, `${spaces}${'x'.repeat(99)}z `);
        await waitUntil(() => searches.includes(`${'x'.repeat(99)}z`), JSON.stringify(searches));
      });

      it('a longer text stays as pasted, is reported as too long, and is not sent', async () => {
        const { element, control } = await searched();
        const long = 'y'.repeat(101);
        paste(control, long);
        await says(element, 'This is too long: 101 of at most 100 characters.');
        expect(control.value).to.equal(long);
        expect(control.getAttribute('aria-invalid')).to.equal('true');
        await expect(element).to.be.accessible();
        // A delayed request would have been sent before this one.
        paste(control, 'y'.repeat(100));
        await waitUntil(() => searches.includes('y'.repeat(100)), JSON.stringify(searches));
        expect(searches).not.to.include(long);
        expect(textOf(element)).not.to.include('This is too long');
      });

      it('invisible characters alone search for nothing: the whole list stays', async () => {
        const { element, control } = await searched();
        paste(control, 'zzzz');
        await says(element, 'Clear search');
        const before = searches.length;
        paste(control, ' \u200b\u00ad\u3164 ');
        await waitUntil(() => searches.length > before);
        await waitUntil(() => !textOf(element).includes('Clear search'));
        expect(searches.at(-1)).to.equal(null);
      });
    });
  }

  it('<organization-select>: invisible characters and white space in the search or in a name hide no match', async () => {
    server.fault(async (request, next) => {
      const answer = await next(request);
      const profile = (await answer.json()) as { organizations: { id: string; name: string }[] };
      const organizations = profile.organizations.map((it) =>
        it.id === 'globex' ? { ...it, name: 'Glo\u00adbex' } : it,
      );
      return Response.json({ ...profile, organizations }, answer);
    });
    const element = await fixture<HTMLElement>(
      html`<organization-select .client=${server.client('ana')}></organization-select>`,
    );
    const control = await appears<HTMLInputElement>(element, '[role="combobox"]');
    const names = () =>
      deepAll(element, '[role="option"] bdi').map(({ textContent }) => textContent.replace('\u00ad', ''));
    for (const text of ['globex', '\u200bglo\u200bbex\u00a0', `${spaces}GLOBEX`, '\ufeffobe']) {
      paste(control, text);
      await waitUntil(() => names().length === 1);
      expect(names(), JSON.stringify(text)).to.deep.equal(['Globex']);
    }
    for (const text of ['\u200b', ' \u00ad ']) {
      paste(control, text);
      await waitUntil(() => names().length === 2);
      expect(names(), JSON.stringify(text)).to.deep.equal(['Acme', 'Globex']);
    }
  });

  it('<profile-menu>: a name without visible characters is skipped for the next name of the person', async () => {
    await start({ ...aiCockpitOne, profile: { ...aiCockpitOne.profile, menu: { fields: ['loginName'] } } });
    server.fault(async (request, next) => {
      const answer = await next(request);
      if (!request.url.endsWith('/profile')) return answer;
      const profile = (await answer.json()) as object;
      return Response.json({ ...profile, firstName: '\u200b', lastName: '\u3164', loginName: ' \u2800' }, answer);
    });
    const element = await fixture<HTMLElement>(html`<profile-menu .client=${server.client('ana')}></profile-menu>`);
    await says(element, 'ana@acme.example');
  });
});
