import { expect, fixture, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { appears, waitUntil } from '../../test/page.js';
import { startServer } from '../../test/server.js';
import '../index.js';

const tags = [
  'activity-log',
  'api-key-create',
  'api-key-list',
  'api-key-single',
  'cockpit-client',
  'notification-settings',
  'organization-select',
  'profile-avatar',
  'profile-form',
  'profile-menu',
  'profile-tabs',
  'provider-token-form',
  'provider-token-list',
  'secret-reveal',
];

/** Of each attribute that has a hyphen: what an element makes of it, by the name of its property. */
const hyphenated = tags.flatMap((tag) => {
  const { elementProperties } = customElements.get(tag) as typeof LitElement;
  return [...elementProperties].flatMap(([property, { attribute, type }]) =>
    typeof attribute === 'string' && attribute.includes('-')
      ? // Its values are its own: `push`, or anything else.
        [{ tag, property: String(property), attribute, type: attribute === 'deep-link' ? attribute : type }]
      : [],
  );
});

const written = (type: unknown) => {
  if (type === Number) return ['7', '8'];
  if (type === 'deep-link') return ['push', ''];
  return type === Boolean ? ['', ''] : ['one', 'two'];
};
const read = (type: unknown, text: string | undefined) => {
  if (type === Boolean) return text !== undefined;
  if (type === 'deep-link') return text === '' ? true : text;
  return type === Number && text !== undefined ? Number(text) : text;
};

describe('attributes with a hyphen', () => {
  it('are those that the elements are known to have', () => {
    const names = new Set(hyphenated.map(({ attribute }) => attribute));
    expect([...names].sort()).to.include.members(['base-url', 'deep-link', 'organization-id', 'page-size', 'token-id']);
  });

  for (const { tag, property, attribute, type } of hyphenated) {
    it(`<${tag}> takes ${attribute} also as ${property} in a page's markup, and prefers its hyphens`, () => {
      const [first = '', second = ''] = written(type);
      // As a page's parser does it, which lower-cases the name.
      const template = document.createElement('template');
      template.setHTMLUnsafe(`<${tag} ${property}="${first}"></${tag}>`);
      const element = document.importNode(template.content, true).firstElementChild as LitElement;
      const value = () => (element as unknown as Record<string, unknown>)[property];

      expect(value()).to.equal(read(type, first));
      element.setAttribute(attribute, second);
      expect(value()).to.equal(read(type, second));
      element.setAttribute(property, first);
      expect(value()).to.equal(read(type, second));
      element.removeAttribute(attribute);
      expect(value()).to.equal(read(type, first));
      element.removeAttribute(property);
      expect(value()).to.equal(type === Boolean || type === 'deep-link' ? false : null);
    });
  }

  it('give an element its client in the spelling of the property', async () => {
    const server = await startServer();
    const element = await fixture(
      html`<cockpit-client .client=${server.client('ana')} organizationId="globex"><profile-form></profile-form></cockpit-client>`,
    );
    const form = element.querySelector('profile-form')!;
    expect((await appears<HTMLInputElement>(form, '#role')).value).to.equal('Member');
    element.setAttribute('organization-id', 'acme');
    await waitUntil(() => form.shadowRoot?.querySelector<HTMLInputElement>('#role')?.value === 'Administrator');
    await server.close();
  });

  it('leave an element to what is around it, and to its default, once they are removed', async () => {
    const server = await startServer();
    const element = await fixture(
      html`<cockpit-client .client=${server.client('ana')}>
        <profile-form base-url="/nowhere"></profile-form><api-key-list page-size="5"></api-key-list>
      </cockpit-client>`,
    );
    const [form, list] = [element.querySelector('profile-form')!, element.querySelector('api-key-list')!];
    form.removeAttribute('base-url');
    list.removeAttribute('page-size');
    await appears(form, '#firstName');
    await appears(list, '[part="empty"]');
    await server.close();
  });
});
