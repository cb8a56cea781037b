import type { ProfilePatch } from '@ai-cockpit/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { answerLost, held, offline, startServer, status, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileFormElement, ProfileSaveEvent } from './profile-form.js';

describe('<profile-form>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const show = async (person = 'ana', organizationId = 'acme') => {
    const element = await fixture<ProfileFormElement>(
      html`<profile-form .client=${server.client(person)} organization-id=${organizationId}></profile-form>`,
    );
    const input = (name: string) => deep<HTMLInputElement>(element, `#${name}`);
    return { element, input };
  };
  const shown = async (person?: string, organizationId?: string) => {
    const form = await show(person, organizationId);
    await appears(form.element, '#firstName');
    return form;
  };

  it('shows an outline while it reads', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const { element } = await show();
    expect(deep(element, '[aria-busy="true"]')).to.not.equal(null);
    expect(textOf(element)).to.equal('Loading…');
    await expect(element).to.be.accessible();
    release();
    await appears(element, '#firstName');
  });

  it('shows names to edit, and e-mail and role with the reason why not', async () => {
    const { element, input } = await shown();
    expect(input('firstName').value).to.equal('Ana');
    expect(input('lastName').value).to.equal('Souza');
    expect(input('email').readOnly).to.equal(true);
    expect(input('role').value).to.equal('Administrator');
    expect(textOf(element)).to.include('Managed by your organization.');
    await expect(element).to.be.accessible();
  });

  it('shows the role in the organization that is active', async () => {
    const { element, input } = await shown('ana', 'globex');
    expect(input('role').value).to.equal('Member');
    element.organizationId = 'acme';
    await element.updateComplete;
    await appears(element, '#role');
    expect(input('role').value).to.equal('Administrator');
  });

  it('saves, says so until the next edit, and tells the host before and after', async () => {
    const { element, input } = await shown();
    type(input('firstName'), 'Anabel');
    const before = oneEvent<ProfileSaveEvent>(element, 'profile-save');
    const after = oneEvent<ProfileSaveEvent>(element, 'profile-saved');
    button(element, 'Save').click();
    expect((await before).profile.firstName).to.equal('Anabel');
    expect((await after).profile).to.include({ firstName: 'Anabel', version: 2 });
    await says(element, 'Saved');
    expect(input('firstName').value).to.equal('Anabel');
    await expect(element).to.be.accessible();
    type(input('lastName'), 'B');
    await element.updateComplete;
    expect(textOf(element)).not.to.include('Saved');
  });

  it('does not save where the host prevents it', async () => {
    const { element, input } = await shown();
    element.addEventListener('profile-save', (event) => event.preventDefault());
    type(input('firstName'), 'Anabel');
    button(element, 'Save').click();
    await element.updateComplete;
    expect((await server.client('ana').profile.get()).firstName).to.equal('Ana');
    expect(input('firstName').value).to.equal('Anabel');
  });

  it('asks for a required name, and puts the focus there', async () => {
    const { element, input } = await shown();
    type(input('lastName'), '   ');
    button(element, 'Save').click();
    await says(element, 'Enter last name.');
    expect(input('lastName').getAttribute('aria-invalid')).to.equal('true');
    expect(element.shadowRoot?.activeElement).to.equal(input('lastName'));
    await expect(element).to.be.accessible();
  });

  it('shows what the server finds wrong with a field at that field', async () => {
    const { element, input } = await shown();
    type(input('lastName'), 'Al\u202Emeida');
    button(element, 'Save').click();
    await says(element, 'This contains characters that are not allowed.');
    expect(input('lastName').value).to.equal('Al\u202Emeida');
  });

  for (const [name, fault, words] of [
    ['the server cannot be reached', offline, 'The server could not be reached.'],
    ['the server fails', status(500), 'Something went wrong.'],
    ['the server is busy', status(503), 'The server is not available right now.'],
  ] as const) {
    it(`keeps what was typed when ${name}, and saves it later`, async () => {
      const { element, input } = await shown();
      type(input('firstName'), 'Anabel');
      server.fault(fault);
      button(element, 'Save').click();
      await says(element, words);
      expect(textOf(element)).to.include('What you typed is still here.');
      expect(input('firstName').value).to.equal('Anabel');
      await expect(element).to.be.accessible();
      server.fault();
      button(element, 'Save').click();
      await says(element, 'Saved');
    });
  }

  it('offers to try again where it could not read', async () => {
    server.fault(offline);
    const { element } = await show();
    await says(element, 'The server could not be reached.');
    await expect(element).to.be.accessible();
    server.fault();
    button(element, 'Try again').click();
    await appears(element, '#firstName');
  });

  it('keeps what was typed through a session that has ended', async () => {
    const { element, input } = await shown();
    type(input('firstName'), 'Anabel');
    server.lapse('ana');
    const expired = oneEvent(element, 'cockpit-session-expired');
    button(element, 'Save').click();
    await expired;
    await says(element, 'Your session has expired.');
    server.renew('ana');
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect(input('firstName').value).to.equal('Anabel');
  });

  describe('where somebody else was first', () => {
    const theirs = (patch: ProfilePatch) => server.client('ana').profile.update(patch, { version: 1 });
    const changes = (element: Element) =>
      deepAll(element, '[part="changes"] > div').map((field) => field.textContent.replace(/\s+/g, ' ').trim());

    it('says what they changed, and saves both where that is something else', async () => {
      const { element, input } = await shown();
      type(input('firstName'), 'Anabel');
      await theirs({ lastName: 'Andrade' });
      button(element, 'Save').click();
      await says(element, 'Someone else changed this in the meantime.');
      await says(element, 'You changed different fields. Both changes can be saved.');
      expect(changes(element)).to.deep.equal(['Last name Current version Andrade Before Souza']);
      expect(input('lastName').value).to.equal('Andrade');
      expect(input('firstName').value).to.equal('Anabel');
      await expect(element).to.be.accessible();
      button(element, 'Save both').click();
      await says(element, 'Saved');
      expect(await server.client('ana').profile.get()).to.include({ firstName: 'Anabel', lastName: 'Andrade' });
      expect(textOf(element)).not.to.include('Someone else');
    });

    it('asks where both changed the same, and keeps mine', async () => {
      const { element, input } = await shown();
      type(input('firstName'), 'Anabel');
      await theirs({ firstName: 'Annie', lastName: 'Andrade' });
      button(element, 'Save').click();
      await says(element, 'You both changed one or more of these fields. Choose which version to keep.');
      expect(changes(element)).to.deep.equal([
        'First name Current version Annie Your version Anabel',
        'Last name Current version Andrade Before Souza',
      ]);
      // A second press of what was Save says nothing about the conflict.
      expect(element.shadowRoot?.activeElement?.getAttribute('role')).to.equal('alert');
      await expect(element).to.be.accessible();
      button(element, 'Keep my version').click();
      await says(element, 'Saved');
      expect(await server.client('ana').profile.get()).to.include({ firstName: 'Anabel', lastName: 'Andrade' });
    });

    it('takes theirs where both changed the same, and keeps the rest of mine', async () => {
      const { element, input } = await shown();
      type(input('firstName'), 'Anabel');
      type(input('lastName'), 'Alves');
      await theirs({ firstName: 'Annie' });
      button(element, 'Save').click();
      await says(element, 'You both changed this field.');
      button(element, 'Use current version').click();
      await says(element, 'The form now shows the saved version.');
      expect(input('firstName').value).to.equal('Annie');
      expect(input('lastName').value).to.equal('Alves');
      await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Save'));
      await expect(element).to.be.accessible();
      button(element, 'Save').click();
      await says(element, 'Saved');
      expect(await server.client('ana').profile.get()).to.include({ firstName: 'Annie', lastName: 'Alves' });
    });

    it('asks again where they were first once more', async () => {
      const { element, input } = await shown();
      type(input('firstName'), 'Anabel');
      await theirs({ firstName: 'Annie' });
      button(element, 'Save').click();
      await says(element, 'You both changed this field.');
      await server.client('ana').profile.update({ firstName: 'Anja' }, { version: 2 });
      button(element, 'Keep my version').click();
      await waitUntil(() => changes(element)[0] === 'First name Current version Anja Your version Anabel');
      expect((await server.client('ana').profile.get()).firstName).to.equal('Anja');
    });

    it('asks even where what they changed was shown behind what was typed', async () => {
      const { element, input } = await shown();
      type(input('firstName'), 'Anabel');
      const { client } = element;
      await client?.profile.update({ firstName: 'Annie', lastName: 'Andrade' }, { version: 1 });
      await waitUntil(() => input('lastName').value === 'Andrade');
      button(element, 'Save').click();
      await says(element, 'You both changed one or more of these fields.');
      expect(input('firstName').value).to.equal('Anabel');
    });

    it('shows an address to nobody as markup, however it reads', async () => {
      const { element, input } = await shown();
      type(input('firstName'), 'Anabel');
      await theirs({ firstName: '<img src=x onerror=alert(1)>' });
      button(element, 'Save').click();
      await says(element, '<img src=x onerror=alert(1)>');
      expect(deepAll(element, 'img')).to.have.length(0);
    });
  });

  it('profile-form: a version that changes again during the second attempt is reported, and the draft can be saved', async () => {
    const { element, input } = await shown();
    type(input('firstName'), 'Anabel');
    let version = 1;
    server.fault(async (request, next) => {
      if (request.method === 'PATCH') await server.store.people.update('ana', version++, { lastName: 'Souza' });
      return next(request);
    });
    button(element, 'Save').click();
    await says(element, 'What you typed is still here.');
    expect(input('firstName').value).to.equal('Anabel');
    server.fault();
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect((await server.client('ana').profile.get()).firstName).to.equal('Anabel');
  });

  it('leaves the focus on Save', async () => {
    const { element, input } = await shown();
    type(input('firstName'), 'Anabel');
    const save = button(element, 'Save');
    save.focus();
    save.click();
    await says(element, 'Saved');
    expect(element.shadowRoot?.activeElement === save).to.equal(true);
  });

  it('keeps what is typed while it saves, unsaved, and asks before that goes over what came since', async () => {
    const { element, input } = await shown();
    type(input('firstName'), 'Anabel');
    const { fault, release } = held();
    server.fault(fault);
    const after = oneEvent<ProfileSaveEvent>(element, 'profile-saved');
    button(element, 'Save').click();
    type(input('firstName'), 'Annie');
    release();
    expect((await after).profile.firstName).to.equal('Anabel');
    server.fault();
    await element.updateComplete;
    expect(input('firstName').value).to.equal('Annie');
    expect(textOf(element)).not.to.include('Saved');
    await element.client?.profile.update({ firstName: 'Anja', lastName: 'Andrade' }, { version: 2 });
    await waitUntil(() => input('lastName').value === 'Andrade');
    button(element, 'Save').click();
    await says(element, 'You both changed one or more of these fields.');
    button(element, 'Keep my version').click();
    await says(element, 'Saved');
    expect(await server.client('ana').profile.get()).to.include({ firstName: 'Annie', lastName: 'Andrade' });
  });

  it('knows what it sent where the answer was lost, whatever is typed since', async () => {
    const { element, input } = await shown();
    type(input('firstName'), 'Anabel');
    server.fault(answerLost);
    button(element, 'Save').click();
    await says(element, 'What you typed is still here.');
    const { fault, release } = held();
    server.fault(fault);
    const after = oneEvent<ProfileSaveEvent>(element, 'profile-saved');
    button(element, 'Save').click();
    type(input('lastName'), 'Alves');
    release();
    expect((await after).profile).to.include({ firstName: 'Anabel', lastName: 'Souza', version: 2 });
    expect(input('lastName').value).to.equal('Alves');
  });

  it('saves once where Save is pressed twice', async () => {
    const { element, input } = await shown();
    type(input('firstName'), 'Anabel');
    button(element, 'Save').click();
    button(element, 'Save').click();
    await says(element, 'Saved');
    expect((await server.client('ana').profile.get()).version).to.equal(2);
  });

  it('asks for the family name first in languages that write it first', async () => {
    const { element } = await show();
    const order = () => deepAll<HTMLInputElement>(element, 'input').map(({ name }) => name);
    await waitUntil(() => order().length > 0);
    expect(order().slice(0, 2)).to.deep.equal(['firstName', 'lastName']);
    element.locale = 'ja';
    await says(element, '姓');
    expect(order().slice(0, 2)).to.deep.equal(['lastName', 'firstName']);
    expect(deep<HTMLInputElement>(element, '[name="lastName"]').autocomplete).to.equal('family-name');
    await expect(element).to.be.accessible();
  });
});
