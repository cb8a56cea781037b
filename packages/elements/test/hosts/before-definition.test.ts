import { expect } from '@open-wc/testing';
import { appears, deep, deepAll } from '../page.js';
import { startServer } from '../server.js';

/** The package, loaded only now: until then, its tags are nothing that the browser knows. */
const define = () => import('../../src/index.js');

describe('A host that sets elements before they are defined', () => {
  it('properties and attributes are applied, in any order', async () => {
    const server = await startServer();
    const place = document.body.appendChild(document.createElement('main'));
    const make = (tag: string, properties: object, attributes: Record<string, string> = {}) => {
      const element = document.createElement(tag);
      Object.assign(element, properties);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    const form = make('profile-form', {});
    const keys = make('api-key-list', { pageSize: 1, owner: 'organization' }, { lang: 'en' });
    const tokens = make('provider-token-list', { client: server.client('carla') }, { owner: 'user', lang: 'en' });
    const client = make('cockpit-client', { organizationId: 'globex' }, { locale: 'en' });
    client.append(form, keys);
    place.append(client, tokens);
    Object.assign(client, { client: server.client('ana') });
    for (const description of ['First', 'Second'])
      await server.client('dora').organization('globex').apiKeys.create({ description });
    expect(customElements.get('api-key-list')).to.equal(undefined);

    await define();
    await appears(keys, '[part="row"]');
    expect(deepAll(keys, '[part="row"]')).to.have.length(1);
    expect((await appears<HTMLInputElement>(form, '#firstName')).value).to.equal('Ana');
    expect(deep(keys, '[part="title"]').textContent).to.include('Globex');
    await appears(tokens, '[part="empty"]');
    // None of what was set stands in the way of what comes later.
    Object.assign(keys, { organizationId: 'acme' });
    await appears(keys, '[part="empty"]');
    place.remove();
    await server.close();
  });
});
