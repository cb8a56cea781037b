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

/** The property of each attribute with a hyphen, by the attribute's name. */
const hyphenated = tags.flatMap((tag) => {
  const { elementProperties } = customElements.get(tag) as typeof LitElement;
  return [...elementProperties].flatMap(([property, { attribute, type }]) =>
    typeof attribute === 'string' && attribute.includes('-')
      ? [{ tag, property: String(property), attribute, type }]
      : [],
  );
});

/** The property is named by the manifest, at run time: no type knows it. */
const valueOf = (element: Element, property: string) => (element as unknown as Record<string, unknown>)[property];

/** The property value that an element derives from its documented attribute; for null, after removing it. */
const expected = (tag: string, attribute: string, property: string, text: string | null) => {
  const element = document.createElement(tag);
  element.setAttribute(attribute, text ?? '');
  if (text === null) element.removeAttribute(attribute);
  return valueOf(element, property);
};

describe('attributes with a hyphen', () => {
  it('are those that the elements are known to have', () => {
    const names = new Set(hyphenated.map(({ attribute }) => attribute));
    expect([...names].sort()).to.include.members([
      'base-url',
      'contain-typing',
      'deep-link',
      'organization-id',
      'page-size',
      'token-id',
    ]);
  });

  for (const { tag, property, attribute, type } of hyphenated) {
    it(`<${tag}> takes ${attribute} also as ${property} in a page's markup, and prefers its hyphens`, () => {
      const [first, second] = type === Number ? ['7', '8'] : ['push', ''];
      // An HTML parser lower-cases the name.
      const template = document.createElement('template');
      template.setHTMLUnsafe(`<${tag} ${property}="${first}"></${tag}>`);
      const element = document.importNode(template.content, true).firstElementChild as LitElement;
      const value = () => valueOf(element, property);
      const of = (text: string | null) => expected(tag, attribute, property, text);

      expect(value()).to.equal(of(first));
      element.setAttribute(attribute, second);
      expect(value()).to.equal(of(second));
      element.setAttribute(property, first);
      expect(value()).to.equal(of(second));
      element.removeAttribute(attribute);
      expect(value()).to.equal(of(first));
      element.removeAttribute(property);
      expect(value()).to.equal(of(null));
    });
  }

  for (const [tag, property, attribute] of [
    ['api-key-create', 'open', 'open'],
    ['cockpit-client', 'containTyping', 'contain-typing'],
    ['profile-tabs', 'deepLink', 'deep-link'],
  ] as const) {
    it(`<${tag}> takes ${attribute}="false", which frameworks write, as an attribute that is absent`, () => {
      const element = document.createElement(tag);
      element.setAttribute(attribute, 'true');
      expect(valueOf(element, property)).to.equal(true);
      element.setAttribute(attribute, 'false');
      expect(valueOf(element, property)).to.equal(false);
      element.setAttribute(attribute, '');
      expect(valueOf(element, property)).to.equal(true);
      element.removeAttribute(attribute);
      expect(valueOf(element, property)).to.equal(false);
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
