import { createCockpit } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aicHub, aipConsole, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { held, offline, startServer, status, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileFormElement, ProfileSaveEvent } from './profile-form.js';

describe('<profile-form> by policy', () => {
  let server: TestServer;
  afterEach(async () => {
    server.fault();
    await server.close();
  });

  const show = async (policy: HostPolicy, person = 'ana') => {
    server = await startServer(policy);
    const element = await fixture<ProfileFormElement>(
      html`<profile-form .client=${server.client(person)}></profile-form>`,
    );
    await appears(element, '[part="form"]');
    return { element, input: (name: string) => deep<HTMLInputElement>(element, `#${name}`) };
  };
  const inputs = (element: Element) => deepAll<HTMLInputElement>(element, 'input').map(({ name }) => name);
  const focused = (element: Element) => element.shadowRoot?.activeElement;
  /** Each row of facts as it reads. */
  const facts = (element: Element) =>
    deepAll(element, '[part="facts"] > div').map((row) => row.textContent.replace(/\s+/g, ' ').trim());

  it('shows a round icon above the login name, where there are no pictures', async () => {
    const { element } = await show(aipConsole);
    const icon = deep(element, '[part="avatar"]');
    const name = deep(element, '[part="heading"]');
    expect(textOf(element)).to.include('ana');
    expect(icon.getBoundingClientRect().bottom).to.be.at.most(name.getBoundingClientRect().top);
    expect(getComputedStyle(icon).borderRadius).to.equal('50%');
    expect(icon.ariaHidden).to.equal('true');
    await expect(element).to.be.accessible();
  });

  describe('that has names opened explicitly', () => {
    const edit = async (policy: HostPolicy = aicHub) => {
      const form = await show(policy);
      button(form.element, 'Edit').click();
      await appears(form.element, '#firstName');
      return form;
    };

    it('shows a name in Japanese characters family name first, in every language', async () => {
      await show(aicHub);
      const { profile } = server.client('ana');
      await profile.update({ firstName: '太郎', lastName: '山田' }, { version: (await profile.get()).version });
      for (const [locale, label] of [
        ['en', 'Name'],
        ['ja', '名前'],
      ] as const) {
        const again = await fixture(
          html`<profile-form .client=${server.client('ana')} locale=${locale}></profile-form>`,
        );
        await appears(again, '[part="form"]');
        expect(facts(again)[0]).to.match(new RegExp(`^${label} 山田太郎 `));
      }
    });

    it('shows names to read, and beside them a control that opens them', async () => {
      const { element } = await show(aicHub);
      expect(facts(element)).to.deep.equal([
        'Name Ana Souza Edit',
        'E-mail ana@acme.example Managed by your identity provider.',
      ]);
      expect(inputs(element)).to.deep.equal([]);
      expect(deepAll(element, '[part="save"]')).to.have.lengthOf(0);
      await expect(element).to.be.accessible();
    });

    it('opens the fields with the focus in the first', async () => {
      const { element, input } = await edit();
      await waitUntil(() => focused(element) === input('firstName'), 'the first field has not the focus');
      expect(inputs(element)).to.deep.equal(['firstName', 'lastName', 'email']);
      expect(input('email').readOnly).to.equal(true);
      await expect(element).to.be.accessible();
    });

    it('leaves all unchanged on Cancel, asks nothing if nothing was typed, and goes back to Edit', async () => {
      const { element } = await edit();
      button(element, 'Cancel').click();
      await says(element, 'Ana Souza');
      await waitUntil(() => focused(element) === button(element, 'Edit'), 'Edit has not the focus');
      expect(textOf(element)).not.to.include('Discard');
      expect((await server.client('ana').profile.get()).version).to.equal(1);
    });

    it('drops what was typed on Cancel, without a question', async () => {
      const { element, input } = await edit();
      type(input('firstName'), 'Anabel');
      button(element, 'Cancel').click();
      await says(element, 'Ana Souza');
      await waitUntil(() => focused(element) === button(element, 'Edit'), 'Edit has not the focus');
      button(element, 'Edit').click();
      expect((await appears<HTMLInputElement>(element, '#firstName')).value).to.equal('Ana');
    });

    it('saves, shows what is there now with the focus on Edit, and says so', async () => {
      const { element, input } = await edit();
      type(input('firstName'), 'Anabel');
      const after = oneEvent<ProfileSaveEvent>(element, 'profile-saved');
      button(element, 'Save').click();
      expect((await after).profile.firstName).to.equal('Anabel');
      await says(element, 'Saved');
      expect(facts(element)[0]).to.equal('Name Anabel Souza Edit');
      await waitUntil(() => focused(element) === button(element, 'Edit'), 'Edit has not the focus');
      await expect(element).to.be.accessible();
      button(element, 'Edit').click();
      await appears(element, '#firstName');
      expect(textOf(element)).not.to.include('Saved');
    });

    it('announces that it is saved in a region that was there before', async () => {
      const { element, input } = await edit();
      const region = deep(element, '[role="status"]');
      type(input('firstName'), 'Anabel');
      button(element, 'Save').click();
      await says(element, 'Saved');
      expect(deep(element, '[role="status"]') === region).to.equal(true);
    });

    it('is used by keyboard alone', async () => {
      const { element, input } = await show(aicHub);
      button(element, 'Edit').focus();
      await sendKeys({ press: 'Enter' });
      await appears(element, '#firstName');
      await waitUntil(() => focused(element) === input('firstName'), 'the first field has not the focus');
      input('firstName').select();
      await sendKeys({ type: 'Anabel' });
      await sendKeys({ press: 'Enter' });
      await says(element, 'Saved');
      expect(facts(element)[0]).to.equal('Name Anabel Souza Edit');
      await waitUntil(() => focused(element) === button(element, 'Edit'), 'Edit has not the focus');
    });

    it('takes the focus from nobody who has gone on while it saves', async () => {
      const { element, input } = await edit();
      const elsewhere = await fixture<HTMLInputElement>(html`<input aria-label="Elsewhere" />`);
      type(input('firstName'), 'Anabel');
      const { fault, release } = held();
      server.fault(fault);
      button(element, 'Save').click();
      elsewhere.focus();
      release();
      await says(element, 'Saved');
      await nextFrame();
      expect(document.activeElement === elsewhere).to.equal(true);
    });

    for (const [name, fault, words] of [
      ['the server cannot be reached', offline, 'The server could not be reached.'],
      ['the server fails', status(500), 'Something went wrong.'],
    ] as const) {
      it(`stays open with all that was typed when ${name}`, async () => {
        const { element, input } = await edit();
        type(input('firstName'), 'Anabel');
        server.fault(fault);
        button(element, 'Save').click();
        await says(element, words);
        expect(input('firstName').value).to.equal('Anabel');
        server.fault();
        button(element, 'Save').click();
        await says(element, 'Saved');
      });
    }

    it('stays open over a conflict', async () => {
      const { element, input } = await edit();
      type(input('firstName'), 'Anabel');
      await server.client('ana').profile.update({ firstName: 'Annie' }, { version: 1 });
      button(element, 'Save').click();
      await says(element, 'You both changed this field.');
      button(element, 'Use current version').click();
      await says(element, 'The form now shows the saved version.');
      expect(input('firstName').value).to.equal('Annie');
      button(element, 'Cancel').click();
      await says(element, 'Annie Souza');
    });

    it('is closed to another person', async () => {
      const { element, input } = await edit();
      type(input('firstName'), 'Anabel');
      element.client = server.client('bruno');
      await says(element, 'Bruno Lima');
      expect(inputs(element)).to.deep.equal([]);
    });
  });

  describe('that nobody may edit', () => {
    it('is a list of facts, the role a badge, and nothing to save', async () => {
      const { element } = await show(duplocloud);
      expect(facts(element)).to.deep.equal([
        'Name Ana Souza Managed by your identity provider.',
        'E-mail ana@acme.example Managed by your identity provider.',
        'Role Administrator Managed by your organization.',
      ]);
      expect(deep(element, '.badge').textContent).to.equal('Administrator');
      expect(deepAll(element, 'input, button')).to.have.lengthOf(0);
      await expect(element).to.be.accessible();
    });

    it('shows a dash where there is nothing to show', async () => {
      server = await startServer(duplocloud);
      // Of an identity provider that knows no name and no address.
      const token = server.session({ subject: 'zoe' });
      const fetch = (request: Request) => server.fetch(request);
      const client = createCockpit({ baseUrl: server.baseUrl, fetch, getAccessToken: () => token });
      const element = await fixture<ProfileFormElement>(html`<profile-form .client=${client}></profile-form>`);
      await appears(element, '[part="facts"]');
      expect(
        facts(element)
          .slice(0, 2)
          .map((text) => text.split('. ')[0]?.slice(0, 9)),
      ).to.deep.equal(['Name — Ma', 'E-mail — ']);
    });
  });

  it('is headed by the login name where that is shown', async () => {
    const { element } = await show(aipConsole);
    expect(deep(element, 'h2').textContent?.trim()).to.equal('ana');
    expect(facts(element)).to.deep.equal(['Name Ana Souza Managed by your identity provider.']);
    await expect(element).to.be.accessible();
  });

  describe('that lets the e-mail address be edited', () => {
    it('saves it', async () => {
      const { element, input } = await show(environmentOperationsCenter);
      expect(input('email').readOnly).to.equal(false);
      type(input('email'), 'anabel@acme.example');
      button(element, 'Save').click();
      await says(element, 'Saved');
      expect((await server.client('ana').profile.get()).email).to.equal('anabel@acme.example');
    });

    // The first is wrong to the browser too, the second only to the server.
    for (const address of ['not an address', 'ana@acme']) {
      it(`refuses “${address}” at the field, and keeps it to be mended`, async () => {
        const { element, input } = await show(environmentOperationsCenter);
        type(input('email'), address);
        button(element, 'Save').click();
        await says(element, 'Enter an e-mail address such as ana@example.com.');
        expect(input('email').value).to.equal(address);
        await waitUntil(() => focused(element) === input('email'), 'the address has not the focus');
        await expect(element).to.be.accessible();
      });
    }

    for (const name of ['firstName', 'lastName', 'email']) {
      it(`asks for ${name}, which is required`, async () => {
        const { element, input } = await show(environmentOperationsCenter);
        type(input(name), '');
        button(element, 'Save').click();
        await says(element, /Enter (first name|last name|e-mail)\./);
        expect(focused(element) === input(name)).to.equal(true);
        expect((await server.client('ana').profile.get()).version).to.equal(1);
      });
    }

    it('lets a name be left empty that is not required', async () => {
      const { profile } = environmentOperationsCenter;
      const fields = { ...profile.fields, lastName: { access: 'edit' as const } };
      const { element, input } = await show({ ...environmentOperationsCenter, profile: { ...profile, fields } });
      type(input('lastName'), '');
      button(element, 'Save').click();
      await says(element, 'Saved');
      expect((await server.client('ana').profile.get()).lastName).to.equal('');
    });
  });
});
