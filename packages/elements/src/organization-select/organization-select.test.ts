import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, button, deep, deepAll, says, textOf } from '../../test/page.js';
import { held, offline, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { OrganizationChangeEvent, OrganizationSelectElement } from './organization-select.js';

describe('<organization-select>', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const show = (person = 'ana', organizationId?: string) =>
    fixture<OrganizationSelectElement>(
      html`<organization-select
        .client=${server.client(person)}
        .organizationId=${organizationId}
      ></organization-select>`,
    );
  const shown = async (organizationId?: string) => {
    const element = await show('ana', organizationId);
    const input = await appears<HTMLInputElement>(element, '[role="combobox"]');
    return { element, input };
  };
  const press = async (element: OrganizationSelectElement, ...keys: string[]) => {
    for (const key of keys) await sendKeys({ press: key });
    await element.updateComplete;
  };
  const options = (element: Element) =>
    deepAll(element, '[role="option"]').map(({ textContent }) => textContent.trim());
  const active = (element: Element, input: HTMLInputElement) => {
    const id = input.getAttribute('aria-activedescendant');
    return id ? deep(element, `#${id}`).querySelector('bdi')?.textContent : null;
  };
  const isOpen = (element: Element) => deep(element, '[popover]').matches(':popover-open');

  it('shows an outline while it reads', async () => {
    const { fault, release } = held();
    server.fault(fault);
    const element = await show();
    deep(element, '[aria-busy="true"]');
    await expect(element).to.be.accessible();
    release();
    await appears(element, '[role="combobox"]');
  });

  it('shows the first organization, or the one that is active', async () => {
    expect((await shown()).input.value).to.equal('Acme');
    const { element, input } = await shown('globex');
    expect(input.value).to.equal('Globex');
    await expect(element).to.be.accessible();
  });

  it('shows the name alone where there is nothing to choose', async () => {
    const element = await show('carla');
    await says(element, 'Acme');
    expect(deepAll(element, 'input, button')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('opens on a click, with the role below each name and the active one marked', async () => {
    const { element, input } = await shown();
    input.focus();
    input.click();
    await element.updateComplete;
    expect(isOpen(element)).to.equal(true);
    expect(input.getAttribute('aria-expanded')).to.equal('true');
    expect(deepAll(element, '[role="option"]').map((option) => textOf(option))).to.deep.equal([
      'Acme Administrator',
      'Globex Member',
    ]);
    expect(deep(element, '[aria-selected="true"]').textContent).to.include('Acme');
    expect(active(element, input)).to.equal('Acme');
    await expect(element).to.be.accessible();
    input.click();
    await element.updateComplete;
    expect(isOpen(element)).to.equal(false);
  });

  it('goes by the arrows, Home and End, and around', async () => {
    const { element, input } = await shown();
    input.focus();
    await press(element, 'ArrowDown');
    expect(active(element, input)).to.equal('Acme');
    await press(element, 'ArrowDown');
    expect(active(element, input)).to.equal('Globex');
    await press(element, 'ArrowDown');
    expect(active(element, input)).to.equal('Acme');
    await press(element, 'ArrowUp');
    expect(active(element, input)).to.equal('Globex');
    await press(element, 'Home');
    expect(active(element, input)).to.equal('Acme');
    await press(element, 'End');
    expect(active(element, input)).to.equal('Globex');
  });

  it('tells the host before and after, and then shows the new one', async () => {
    const { element, input } = await shown();
    const before = oneEvent<OrganizationChangeEvent>(element, 'organization-change');
    const after = oneEvent<OrganizationChangeEvent>(element, 'organization-changed');
    input.focus();
    await press(element, 'Enter', 'ArrowDown', 'Enter');
    expect((await before).organizationId).to.equal('globex');
    expect((await after).organizationId).to.equal('globex');
    await element.updateComplete;
    expect(element.organizationId).to.equal('globex');
    expect(input.value).to.equal('Globex');
    expect(isOpen(element)).to.equal(false);
    expect(element.shadowRoot?.activeElement).to.equal(input);
  });

  it('chooses by pointer', async () => {
    const { element, input } = await shown();
    input.focus();
    input.click();
    await element.updateComplete;
    deepAll(element, '[role="option"]')[1]?.click();
    await element.updateComplete;
    expect(element.getAttribute('organization-id')).to.equal('globex');
  });

  it('stays where the host prevents it', async () => {
    const { element, input } = await shown();
    element.addEventListener('organization-change', (event) => event.preventDefault());
    input.focus();
    await press(element, 'ArrowDown', 'ArrowDown', 'Enter');
    expect(element.organizationId).to.equal(undefined);
    expect(input.value).to.equal('Acme');
  });

  it('says nothing where the present one is chosen again', async () => {
    const { element, input } = await shown();
    let changes = 0;
    element.addEventListener('organization-change', () => {
      changes += 1;
    });
    input.focus();
    await press(element, 'ArrowDown', 'Enter');
    expect(changes).to.equal(0);
    expect(isOpen(element)).to.equal(false);
  });

  it('narrows the list by what is typed, and says how many are left', async () => {
    const { element, input } = await shown();
    input.focus();
    input.select();
    await sendKeys({ type: 'glo' });
    await element.updateComplete;
    expect(options(element)).to.have.length(1);
    expect(active(element, input)).to.equal('Globex');
    await says(element, '1 organization');
    await press(element, 'Enter');
    expect(element.organizationId).to.equal('globex');
  });

  it('says where nothing matches, and Escape puts the present one back', async () => {
    const { element, input } = await shown();
    input.focus();
    input.select();
    await sendKeys({ type: 'zzz' });
    await says(element, 'No organization matches “zzz”.');
    await expect(element).to.be.accessible();
    await press(element, 'Enter');
    expect(element.organizationId).to.equal(undefined);
    input.select();
    await sendKeys({ type: 'zzz' });
    await press(element, 'Escape');
    expect(isOpen(element)).to.equal(false);
    expect(input.value).to.equal('Acme');
  });

  it('closes without a change when the focus leaves', async () => {
    const { element, input } = await shown();
    input.focus();
    await press(element, 'ArrowDown', 'ArrowDown');
    input.blur();
    await element.updateComplete;
    expect(isOpen(element)).to.equal(false);
    expect(element.organizationId).to.equal(undefined);
  });

  it('says that it failed, and loads again', async () => {
    server.fault(offline);
    const element = await show();
    await says(element, 'Your organizations could not be loaded.');
    await expect(element).to.be.accessible();
    server.fault();
    button(element, 'Try again').click();
    await appears(element, '[role="combobox"]');
  });

  it('tells the host of a session that has ended', async () => {
    const client = server.client('ana');
    server.lapse('ana');
    const element = document.createElement('organization-select');
    element.client = client;
    const expired = oneEvent(element, 'cockpit-session-expired');
    document.body.append(element);
    await expired;
    element.remove();
  });
});
