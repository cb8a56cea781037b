import { expect, fixture, html } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { offline, serverForEachTest, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProfileTabsElement } from './profile-tabs.js';

describe('<profile-tabs> where another organization becomes the active one', () => {
  let server: TestServer;
  serverForEachTest((it) => {
    server = it;
  });

  const show = async (section: string) => {
    const element = await fixture<ProfileTabsElement>(
      html`<profile-tabs
        .client=${server.client('ana')}
        organization-id="acme"
        section=${section}
        lang="en"
      ></profile-tabs>`,
    );
    await appears(element, '[role="tab"]');
    return element;
  };
  /** The role is shown as the policy of the organization has it. */
  const roleIn = (element: Element) => deepAll<HTMLInputElement>(element, '#role')[0]?.value;
  const showsRole = (element: Element, role: string | undefined) => waitUntil(() => roleIn(element) === role);

  it('forms that do not depend on the organization keep what was typed', async () => {
    const element = await show('profile');
    const firstName = await appears<HTMLInputElement>(element, '#firstName');
    const before = roleIn(element);
    type(firstName, 'Anna');
    element.organizationId = 'globex';
    await waitUntil(() => ![before, undefined].includes(roleIn(element)));
    expect(deep<HTMLInputElement>(element, '#firstName').value).to.equal('Anna');
    element.organizationId = 'acme';
    await showsRole(element, before);
    expect(deep<HTMLInputElement>(element, '#firstName').value).to.equal('Anna');
  });

  it('a policy that cannot be read is said, and what was typed is there again once it can', async () => {
    const element = await show('profile');
    const firstName = await appears<HTMLInputElement>(element, '#firstName');
    type(firstName, 'Anna');
    server.fault(offline);
    element.organizationId = 'globex';
    await says(element, 'Try again');
    expect(textOf(element)).not.to.include('First name');
    server.fault();
    button(element, 'Try again').click();
    await appears(element, '[role="tab"]');
    button(element, 'Try again').click();
    await says(element, 'First name');
    expect(deep<HTMLInputElement>(element, '#firstName').value).to.equal('Anna');
  });

  for (const [section, list, title] of [
    ['api-keys', 'api-key-list', /Globex/],
    ['providers', 'provider-token-list', /Globex|tokens/],
  ] as const) {
    it(`the live region of ${list}, which is the same one, says which list is shown now`, async () => {
      const element = await show(section);
      await appears(element, list);
      await appears(deep(element, list), 'tbody tr, [part="empty"]');
      // While the list was read, its outline had a region too.
      const region = deep(deep(element, list), '[role="status"]');
      element.organizationId = 'globex';
      await waitUntil(() => title.test(region.textContent));
      expect(region.isConnected).to.equal(true);
      element.organizationId = 'acme';
      await waitUntil(() => !/Globex/.test(region.textContent));
      expect(region.isConnected).to.equal(true);
    });
  }
});
