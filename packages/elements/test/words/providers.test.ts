import type { Provider } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import '../../src/index.js';
import { appears, deep, deepAll, says } from '../page.js';
import { startServer, type TestServer } from '../server.js';
import { everythingSaid } from './everything-said.js';

type TokensPolicy = NonNullable<HostPolicy['providerTokens']>;

/** All that ship. */
const policy: HostPolicy = {
  ...aiCockpitOne,
  providerTokens: {
    ...(aiCockpitOne.providerTokens as TokensPolicy),
    providers: ['jira', 'jira-data-center', 'businessmap', 'azure-devops', 'servicenow', 'github-projects'],
  },
};

/** Every text of a provider that is put into other languages, by its place. */
const textsOf = ({ hint, fields }: Provider): (readonly [place: string, text: string | null])[] => [
  ['hint', hint],
  ...fields.flatMap(({ id, label, hint, placeholder, options = [] }) => [
    [`fields.${id}.label`, label] as const,
    [`fields.${id}.hint`, hint] as const,
    [`fields.${id}.placeholder`, placeholder] as const,
    ...options.map((option) => [`fields.${id}.options.${option.id}`, option.label] as const),
  ]),
];

describe('Texts of providers', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(policy);
  });
  afterEach(() => server.close());

  const show = (locale: string, messages?: object) =>
    fixture(
      html`<provider-token-form
        locale=${locale}
        .client=${server.client('ana')}
        .messages=${messages}
      ></provider-token-form>`,
    );
  const choose = async (element: Element, name: string, value: string) => {
    const select = await appears<HTMLSelectElement>(element, `select[name="${name}"]`);
    select.value = value;
    select.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await nextFrame();
  };

  for (const locale of ['pt-BR', 'es', 'ja']) {
    it(`in ${locale}: no text is in English`, async () => {
      const providers = await server.client('ana').providers.list();
      expect(providers).to.have.length(6);
      const element = await show(locale);
      for (const provider of providers) {
        const own = provider.messages?.[locale] ?? {};
        const texts = textsOf(provider).filter(([, text]) => text);
        expect(Object.keys(own), provider.id).to.have.members(texts.map(([place]) => place));
        await choose(element, 'provider', provider.id);
        for (const method of deepAll<HTMLOptionElement>(element, '[name="values.method"] option')) {
          await choose(element, 'values.method', method.value);
        }
        const said = everythingSaid(element).map(({ text }) => text);
        for (const [place, english] of texts) {
          if (own[place] !== english) expect(said, `${provider.id} ${place}`).not.to.include(english);
        }
        expect(said, provider.id).to.include(own['hint']);
        const [first] = provider.fields;
        expect(said.join(' '), provider.id).to.include(own[`fields.${first?.id}.label`]);
      }
    });
  }

  it('a regional language, else English; the host’s wording over both', async () => {
    const portuguese = await show('pt-PT');
    await choose(portuguese, 'provider', 'servicenow');
    await says(portuguese, 'Usuário');
    const french = await show('fr');
    await choose(french, 'provider', 'servicenow');
    await says(french, 'Instance');
    const ours = await show('es', { es: { 'provider.servicenow.fields.user.label': 'Usuaria' } });
    await choose(ours, 'provider', 'servicenow');
    await says(ours, 'Usuaria');
    expect(deep(ours, 'label[for="values.instance"]').textContent).to.contain('Instancia');
  });
});
